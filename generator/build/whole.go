package build

import (
	"strconv"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/seed-a7989e22/apigen/generator/diag"
	"github.com/seed-a7989e22/apigen/generator/ir"
)

// whole returns the schema at a place with all its keywords, for values of
// which the Go types say nothing. It is nil when every value is accepted.
func (r *remainders) whole(p place) *ir.Schema {
	n := r.follow(p)
	if _, ok := componentSchema(n.ptr); ok {
		return reference(r.wholeNamed(n))
	}
	return r.wholeNode(n)
}

// wholeNamed returns the whole schema of a component.
func (r *remainders) wholeNamed(n node) *ir.NamedSchema {
	if s := r.wholes[n.ptr]; s != nil {
		return s
	}
	s := &ir.NamedSchema{}
	r.wholes[n.ptr] = s
	r.declare(diag.LastToken(n.ptr)+" (whole)", s)
	if next, ok := r.componentRef(n.ptr); ok {
		s.Schema = r.whole(next)
	} else {
		s.Schema = r.wholeNode(n)
	}
	return s
}

// wholeNode is whole for a schema that is written in place.
func (r *remainders) wholeNode(n node) *ir.Schema {
	if n.schema.Always != nil {
		if *n.schema.Always {
			return nil
		}
		return &ir.Schema{Never: true}
	}
	if dangling(n) {
		return nil
	}
	s := &ir.Schema{}
	r.valueKeywords(s, n)
	r.sizeKeywords(s, n)
	r.objectKeywords(s, n)
	r.arrayKeywords(s, n)
	r.combining(s, n)
	r.conditional(s, n)
	r.unevaluated(s, n)
	return some(s)
}

// dangling reports whether a schema stands for a reference that leads nowhere.
func dangling(n node) bool { return extString(n.schema.Extensions, "x-apigen-dangling") != "" }

// some makes a schema that limits nothing nil.
func some(s *ir.Schema) *ir.Schema {
	if s == nil || len(s.Keywords) == 0 && !s.Never || len(s.Keywords) == 1 && s.Keywords[0].Name == "nullable" {
		return nil
	}
	return s
}

// reference is a schema that consists of a reference.
func reference(to *ir.NamedSchema) *ir.Schema {
	return &ir.Schema{Keywords: []ir.Keyword{{Name: "$ref", Ref: to}}}
}

// put adds a keyword that holds no schemas.
func put(s *ir.Schema, name, json string) {
	s.Keywords = append(s.Keywords, ir.Keyword{Name: name, JSON: json})
}

// putSchema adds a keyword that holds a schema, which may be nil.
func putSchema(s *ir.Schema, name string, value *ir.Schema) {
	if value == nil {
		value = &ir.Schema{}
	}
	s.Keywords = append(s.Keywords, ir.Keyword{Name: name, Schema: value})
}

// putList adds a keyword that holds a list of schemas.
func (r *remainders) putList(s *ir.Schema, name string, refs openapi3.SchemaRefs, n node) {
	if len(refs) == 0 {
		return
	}
	list := make([]*ir.Schema, len(refs))
	for i, ref := range refs {
		list[i] = r.whole(place{ref, index(join(n.ptr, name), i)})
	}
	s.Keywords = append(s.Keywords, ir.Keyword{Name: name, Schemas: list})
}

// putMembers adds a keyword that holds schemas by name.
func (r *remainders) putMembers(s *ir.Schema, name string, members openapi3.Schemas, n node) {
	if len(members) == 0 {
		return
	}
	k := ir.Keyword{Name: name}
	for _, key := range ordered(r.builder, join(n.ptr, name), members) {
		k.Members = append(k.Members, ir.SchemaMember{Name: key, Schema: r.whole(place{members[key], join(n.ptr, name, key)})})
	}
	s.Keywords = append(s.Keywords, k)
}

// valueKeywords adds type, enum, const and format.
func (r *remainders) valueKeywords(s *ir.Schema, n node) {
	sch := n.schema
	if sch.Nullable {
		put(s, "nullable", "true")
	}
	if sch.Type != nil && len(*sch.Type) > 0 {
		put(s, "type", kindText(*sch.Type))
	}
	// An empty list is a mistake, unless the document is to be taken exactly.
	closed := !r.opts.Enums.open(isExtensible(sch))
	if closed && len(sch.Enum) > 0 || r.opts.ExactTypes && r.json(join(n.ptr, "enum"), sch.Enum) == "[]" {
		put(s, "enum", r.json(join(n.ptr, "enum"), sch.Enum))
	}
	if sch.Const != nil || r.constNull(n) {
		put(s, "const", r.json(join(n.ptr, "const"), sch.Const))
	}
	if sch.Format != "" && !r.opts.IgnoreFormats && sch.Format != "password" && sch.Format != "binary" {
		put(s, "format", quote(sch.Format))
	}
}

// sizeKeywords adds the limits of strings, numbers, arrays and objects.
func (r *remainders) sizeKeywords(s *ir.Schema, n node) {
	sch := n.schema
	count := func(name string, v *uint64) {
		if v != nil {
			put(s, name, strconv.FormatUint(min(*v, 1<<31-1), 10))
		}
	}
	count("minLength", nonZero(sch.MinLength))
	count("maxLength", sch.MaxLength)
	if sch.Pattern != "" && r.checkable(sch.Pattern) {
		put(s, "pattern", quote(sch.Pattern))
	}
	number := func(name string, v *float64) {
		if v != nil {
			put(s, name, string(r.number(*v, join(n.ptr, name))))
		}
	}
	number("minimum", sch.Min)
	number("maximum", sch.Max)
	number("exclusiveMinimum", sch.ExclusiveMin.Value) // load makes a number of true
	number("exclusiveMaximum", sch.ExclusiveMax.Value)
	if sch.MultipleOf != nil && *sch.MultipleOf > 0 {
		number("multipleOf", sch.MultipleOf)
	}
	count("minItems", nonZero(sch.MinItems))
	count("maxItems", sch.MaxItems)
	if sch.UniqueItems {
		put(s, "uniqueItems", "true")
	}
	count("minProperties", nonZero(sch.MinProps))
	count("maxProperties", sch.MaxProps)
}

// kindText writes the value of type.
func kindText(names []string) string {
	if len(names) == 1 {
		return quote(names[0])
	}
	return texts(names)
}

func pick(cond bool, yes, no string) string {
	if cond {
		return yes
	}
	return no
}

// objectKeywords adds what speaks of properties.
func (r *remainders) objectKeywords(s *ir.Schema, n node) {
	sch := n.schema
	if names := r.expected(n); len(names) > 0 {
		put(s, "required", texts(names))
	}
	r.putMembers(s, "properties", sch.Properties, n)
	r.putMembers(s, "patternProperties", sch.PatternProperties, n)
	r.putBool(s, "additionalProperties", sch.AdditionalProperties, n)
	if sch.PropertyNames != nil {
		putSchema(s, "propertyNames", r.whole(place{sch.PropertyNames, join(n.ptr, "propertyNames")}))
	}
}

// putBool adds a keyword that takes a boolean or a schema; true matters only
// to what evaluates.
func (r *remainders) putBool(s *ir.Schema, name string, v openapi3.BoolSchema, n node) {
	switch {
	case v.Schema != nil:
		putSchema(s, name, r.whole(place{v.Schema, join(n.ptr, name)}))
	case v.Has != nil:
		putSchema(s, name, &ir.Schema{Never: !*v.Has})
	}
}

// expected lists the required properties but for those that only one side sends: in the
// other direction they are not missing.
func (r *remainders) expected(n node) []string {
	var out []string
	for _, name := range n.schema.Required {
		if p := n.schema.Properties[name]; p != nil && (p.Value.Format == "binary" || p.Value.ContentMediaType != "" ||
			r.oneWay(r.follow(place{p, join(n.ptr, "properties", name)}))) {
			continue
		}
		out = append(out, name)
	}
	return out
}

// arrayKeywords adds what speaks of elements.
func (r *remainders) arrayKeywords(s *ir.Schema, n node) {
	sch := n.schema
	r.putList(s, "prefixItems", sch.PrefixItems, n)
	if sch.Items != nil {
		putSchema(s, "items", r.whole(place{sch.Items, join(n.ptr, "items")}))
	}
	r.contains(s, n)
}

func (r *remainders) contains(s *ir.Schema, n node) {
	sch := n.schema
	if sch.Contains == nil {
		return
	}
	putSchema(s, "contains", r.whole(place{sch.Contains, join(n.ptr, "contains")}))
	if sch.MinContains != nil {
		put(s, "minContains", strconv.FormatUint(min(*sch.MinContains, 1<<31-1), 10))
	}
	if sch.MaxContains != nil {
		put(s, "maxContains", strconv.FormatUint(min(*sch.MaxContains, 1<<31-1), 10))
	}
}

// combining adds allOf, anyOf and oneOf. With a discriminator, oneOf is for
// the discriminator to decide.
func (r *remainders) combining(s *ir.Schema, n node) {
	sch := n.schema
	r.putList(s, "allOf", sch.AllOf, n)
	for _, group := range []struct {
		name string
		refs openapi3.SchemaRefs
	}{{"anyOf", sch.AnyOf}, {"oneOf", sch.OneOf}} {
		if r.guesswork(group.refs, join(n.ptr, group.name)) {
			continue
		}
		from := len(s.Keywords)
		r.putList(s, group.name, group.refs, n)
		for i := from; i < len(s.Keywords); i++ {
			if !r.opts.ExactTypes {
				r.inferTypes(s.Keywords[i].Schemas, group.refs, join(n.ptr, group.name))
			}
			if sch.Discriminator != nil && len(sch.AnyOf) == 0 {
				s.Keywords[i].Name = "anyOf"
			}
		}
	}
}

// guesswork reports whether an alternative is a reference that leads nowhere.
func (r *remainders) guesswork(refs openapi3.SchemaRefs, ptr string) bool {
	for i, ref := range refs {
		if dangling(r.follow(place{ref, index(ptr, i)})) {
			return true
		}
	}
	return false
}

// inferTypes makes objects of the alternatives that list properties and forget
// their type: as it is done for the Go types.
func (r *remainders) inferTypes(schemas []*ir.Schema, refs openapi3.SchemaRefs, ptr string) {
	for i, ref := range refs {
		alt := r.follow(place{ref, index(ptr, i)}).schema
		if alt.Type != nil || len(alt.Properties) == 0 || alt.Nullable {
			continue
		}
		typed := &ir.Schema{Keywords: []ir.Keyword{{Name: "type", JSON: `"object"`}}}
		if schemas[i] != nil {
			typed.Keywords = append(typed.Keywords, schemas[i].Keywords...)
		}
		schemas[i] = typed
	}
}

// conditional adds the keywords that Go types never express.
func (r *remainders) conditional(s *ir.Schema, n node) {
	sch := n.schema
	one := func(name string, ref *openapi3.SchemaRef) {
		if ref != nil {
			putSchema(s, name, r.whole(place{ref, join(n.ptr, name)}))
		}
	}
	one("not", sch.Not)
	if sch.If != nil {
		one("if", sch.If)
		one("then", sch.Then)
		one("else", sch.Else)
	}
	if len(sch.DependentRequired) > 0 {
		put(s, "dependentRequired", r.json(join(n.ptr, "dependentRequired"), sch.DependentRequired))
	}
	r.putMembers(s, "dependentSchemas", sch.DependentSchemas, n)
}

// unevaluated adds what depends on all other keywords.
func (r *remainders) unevaluated(s *ir.Schema, n node) {
	r.putBool(s, "unevaluatedProperties", n.schema.UnevaluatedProperties, n)
	r.putBool(s, "unevaluatedItems", n.schema.UnevaluatedItems, n)
}
