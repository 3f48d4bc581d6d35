package emit

import (
	"github.com/seed-a7989e22/apigen/generator/ir"
)

// output is a generated file and what fills it, in order.
type output struct {
	name string
	fill []func(*emitter)
}

// outputs is the table of generated files; those that stay empty are not
// written. The files of the support package follow from what these use.
func outputs(api *ir.API) []output {
	homes := homes(api)
	table := []output{
		{"client.go", []func(*emitter){(*emitter).client}},
		{"headers.go", []func(*emitter){(*emitter).headers}},
		{"webhooks.go", []func(*emitter){(*emitter).webhooks}},
		{"models.go", []func(*emitter){models(homes[""])}},
		{"models_codec.go", []func(*emitter){codecs(homes[""])}},
	}
	files := map[string]int{} // index in table by name, for services that share a file
	for _, s := range api.Services {
		i, ok := files[s.File]
		if !ok {
			i = len(table)
			files[s.File] = i
			table = append(table,
				output{name: s.File + ".go"},
				output{s.File + "_codec.go", []func(*emitter){codecs(homes[s.File])}},
			)
		}
		table[i].fill = append(table[i].fill, service(s))
	}
	for file, i := range files {
		table[i].fill = append(table[i].fill, models(homes[file]))
	}
	// Last, because it holds what the others ask for.
	return append(table,
		output{"schemas.go", []func(*emitter){(*emitter).schemaVar}},
		output{"runtime_patterns.go", []func(*emitter){(*emitter).patternVars}})
}

// homes groups the types by the file (without extension) of the service they
// belong to; shared ones are under "".
func homes(api *ir.API) map[string][]ir.Named {
	file := map[string]string{}
	for _, s := range api.Services {
		file[s.FieldName], file[s.File], file[s.GoName] = s.File, s.File, s.File
	}
	types := map[string][]ir.Named{}
	for _, t := range api.Types {
		home := file[t.Declaration().Service]
		types[home] = append(types[home], t)
	}
	return types
}
