package build

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/seed-a7989e22/apigen/generator/ir"
	"github.com/seed-a7989e22/apigen/generator/naming"
)

// identify finds the operation's id and Go name. Without an operationId, or
// with one used before, they are made of method and path.
func (o *opBuilder) identify() {
	id := strings.TrimSpace(o.op.OperationID)
	if id != "" && o.opIDs[id] {
		o.warnf(join(o.ptr, "operationId"), "duplicate-operation-id", "operationId %.60q is used before; the name is made of method and path", id)
		id = ""
	}
	o.said = id
	for _, said := range o.spelt {
		if id != "" && o.opWants[o.names.Exported(said)] == 1 {
			o.said = said
			break
		}
	}
	o.name = o.names.Exported(o.said)
	if id == "" || len(naming.Words(id)) == 0 {
		o.name = o.pathName()
		if id == "" {
			id = o.name
		}
	}
	if o.given = o.goName(o.op.Extensions, o.ptr); o.given != "" {
		o.name = o.given
	} else if stem := o.stem(); stem != "" {
		o.name = stem
	}
	o.opIDs[id] = true
	o.out.ID = id
	base := o.name
	for i := max(2, o.opNumbers[base]); o.opNames[o.name] || o.stem() != o.name && o.held(&o.scope, o.name+"Params"); i++ {
		o.name, o.opNumbers[base] = base+strconv.Itoa(i), i
	}
	o.opNames[o.name] = true
	if o.name != base {
		o.warnf(o.ptr, "name-taken", "the Go name %s is that of another operation; %s is used instead"+chooseName, base, o.name)
	}
}

// spell finds out what the names of operations can be made of, and how many would have them.
func (b *builder) spell(all []*opBuilder) {
	with := frameworks{api: len(all) > 1, module: module(all)}
	for _, o := range all {
		id := strings.TrimSpace(o.op.OperationID)
		if _, ok := o.function(); ok {
			with.fastAPI++
		} else if strings.HasSuffix(id, "_"+strings.ToLower(o.method)) {
			with.fastAPI--
		}
		with.api = with.api && strings.HasPrefix(id, apiPrefix) && len(naming.Words(id)) > 2
	}
	for _, o := range all {
		o.spelt = o.spellings(with)
		wants := map[string]bool{}
		for _, said := range o.spelt {
			wants[b.names.Exported(said)] = true
		}
		for name := range wants {
			b.opWants[name]++
		}
	}
}

// frameworks are those that a document may be made by, as far as all of its operationIds tell.
type frameworks struct {
	fastAPI int  // how many more end with path and method than with the method alone
	api     bool // all begin with api, as those of API Platform do
	// module is what all begin with, as those of Google do with the name of the API and those of
	// Connexion with the path of a package.
	module string
}

const apiPrefix = "api_"

// module returns the words before dots that the operationIds of all operations begin with: not the
// last two of one, which are what is done to what.
func module(all []*opBuilder) string {
	if len(all) < 2 {
		return ""
	}
	var common []string
	for i, o := range all {
		words := strings.Split(strings.TrimSpace(o.op.OperationID), ".")
		if len(words) < 3 {
			return ""
		}
		if words = words[:len(words)-2]; i == 0 {
			common = words
		}
		same := 0
		for same < min(len(common), len(words)) && common[same] == words[same] {
			same++
		}
		common = common[:same]
	}
	if len(common) == 0 {
		return ""
	}
	return strings.Join(common, ".") + "."
}

// function returns what an operationId has before path and method, which FastAPI adds to the name
// of a function.
func (o *opBuilder) function() (name string, ok bool) {
	return strings.CutSuffix(strings.TrimSpace(o.op.OperationID), o.pathWords()+"_"+strings.ToLower(o.method))
}

// pathWords is the path in an operationId of FastAPI.
func (o *opBuilder) pathWords() string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return '_'
	}, o.path)
}

// spellings returns what the name of an operation can be made of, the best first: its operationId,
// without what frameworks add to the name of a function. Several functions may have one name.
func (o *opBuilder) spellings(with frameworks) []string {
	id := strings.TrimSpace(o.op.OperationID)
	if function, ok := o.function(); ok && with.fastAPI > 0 && len(naming.Words(function)) > 0 && function+"_" != apiPrefix {
		return []string{function, function + o.pathWords(), id}
	}
	if class, function, ok := strings.Cut(id, "Controller_"); ok && len(naming.Words(class)) > 0 && len(naming.Words(function)) > 0 { // NestJS
		return []string{class + "_" + function, id}
	}
	if function, number, ok := strings.Cut(id, "Using"+o.method); ok && strings.Trim(number, "_0123456789") == "" && function != "" { // Springfox
		return []string{function + number, id}
	}
	if with.api {
		return []string{strings.TrimPrefix(id, apiPrefix), id}
	}
	if with.module != "" {
		return []string{strings.TrimPrefix(id, with.module), id}
	}
	return []string{id}
}

// group returns what an operationId says in place of a tag: TypeSpec and AutoRest write Books_list,
// oRPC and others books.list. A verb in front is none, and small letters before "_" are but words.
func (o *opBuilder) group() string {
	group, method, ok := strings.Cut(o.said, ".")
	if !ok {
		group, method, _ = strings.Cut(o.said, "_")
		ok = strings.IndexFunc(group, unicode.IsUpper) == 0 && !strings.Contains(method, "_")
	}
	switch strings.ToLower(group) {
	case "get", "head", "post", "put", "patch", "delete", "options", "trace", "list", "create", "update", "add", "remove":
		return ""
	}
	if !ok || strings.ContainsAny(o.said, " /") || len(naming.Words(group)) == 0 || len(naming.Words(method)) == 0 {
		return ""
	}
	return group
}

// stem returns the name that the types of the operation began with when the
// package was generated last; "" for a new operation.
func (o *opBuilder) stem() string {
	stem, ok := strings.CutSuffix(o.opts.Names[ir.Origin{Pointer: o.ptr, Part: ir.PartParams}], "Params")
	if call, isCall := strings.CutSuffix(stem, "Call"); isCall {
		if number, found := strings.CutPrefix(call, o.name); found && strings.Trim(number, "0123456789") == "" {
			stem = call // see ParamsName
		}
	}
	if !ok || o.opNames[stem] {
		return ""
	}
	return stem
}

// pathName makes a name of method and path: GET /users/{id}/posts is
// GetUsersByIDPosts.
func (o *opBuilder) pathName() string {
	words := naming.Words(strings.ToLower(o.method))
	for _, segment := range strings.Split(o.path, "/") {
		if strings.HasPrefix(segment, "{") {
			words = append(words, "by")
		}
		words = append(words, naming.Words(strings.Trim(segment, "{}"))...)
	}
	return o.names.Join(words)
}
