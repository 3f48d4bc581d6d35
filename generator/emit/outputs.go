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
	for _, s := range api.Services {
		files, fill := []string{s.File}, map[string][]func(*emitter){s.File: nil}
		service(s, s.FieldName, func(file string, write func(*emitter)) {
			if _, known := fill[file]; !known {
				files = append(files, file)
			}
			fill[file] = append(fill[file], write)
		})
		for _, file := range files {
			table = append(table,
				output{file + ".go", append(fill[file], models(homes[file]))},
				output{file + "_codec.go", []func(*emitter){codecs(homes[file])}},
			)
		}
	}
	// Last, because it holds what the others ask for.
	return append(table,
		output{"schemas.go", []func(*emitter){(*emitter).schemaVar}},
		output{"runtime_patterns.go", []func(*emitter){(*emitter).patternVars}})
}

// homes groups the types by the file they belong to; shared ones are under "".
func homes(api *ir.API) map[string][]ir.Named {
	types := map[string][]ir.Named{}
	for _, t := range api.Types {
		file := t.Declaration().File
		types[file] = append(types[file], t)
	}
	return types
}
