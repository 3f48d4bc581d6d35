package build

import (
	"slices"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// beside returns what remains of a schema without its oneOf and anyOf.
func (r *remainders) beside(n node, c claim) *ir.Schema {
	if n.schema.Always != nil {
		return r.wholeNode(n)
	}
	s := &ir.Schema{}
	k := claimedKinds(c.typ)
	if declared := wideKinds(n.schema); c.chosen && declared != 0 && wide(k)&declared == 0 {
		return &ir.Schema{Never: true}
	}
	r.restOfValue(s, n, c, k)
	r.restOfSizes(s, n, c, k)
	if k&kindObject != 0 {
		r.restOfObject(s, n, c)
	}
	if k&kindArray != 0 {
		r.restOfArray(s, n, c)
	}
	var parts []*ir.Schema
	inner := c
	inner.nullable = false // null is settled around the whole
	for _, part := range r.says(n).parts {
		parts = append(parts, r.part(part, inner))
	}
	r.conditional(s, n)
	if len(parts) == 0 { // as nearly always
		return some(s)
	}
	return allOf(append([]*ir.Schema{some(s)}, parts...))
}

// claimedKinds returns the JSON kinds that values of a type have, null aside.
func claimedKinds(t ir.Type) kinds {
	var seen map[*ir.Union]bool // which nothing but a union asks
	if _, ok := ir.Underlying(t).(*ir.Union); ok {
		seen = map[*ir.Union]bool{}
	}
	return kindsOf(t, seen)
}

// kindsOf is claimedKinds; unions in seen, which contain t, add nothing more.
func kindsOf(t ir.Type, seen map[*ir.Union]bool) kinds {
	switch t := ir.Underlying(t).(type) {
	case *ir.Struct, *ir.Map:
		return kindObject
	case *ir.List:
		return kindArray
	case *ir.Enum:
		return primKinds(t.Base)
	case *ir.Prim:
		return primKinds(t.Kind)
	case *ir.Union:
		var all kinds
		if !seen[t] {
			seen[t] = true
			for _, v := range t.Variants {
				all |= kindsOf(v.Type, seen)
			}
		}
		return all
	}
	return kindScalar | kindArray | kindObject
}

func primKinds(k ir.PrimKind) kinds {
	switch k {
	case ir.Bool:
		return kindBool
	case ir.Int64, ir.Int32, ir.Uint64:
		return kindInt
	case ir.Float64, ir.Float32:
		return kindNumber
	}
	return kindString
}

// restOfValue keeps type, enum, const and format where the type does not say
// it all.
func (r *remainders) restOfValue(s *ir.Schema, n node, c claim, k kinds) {
	declared := wideKinds(n.schema)
	for _, keyword := range r.says(n).values {
		switch keyword.Name {
		case "nullable":
			continue // settled by the type
		case "type":
			if declared == 0 || k&^declared == 0 || r.mistaken(c, wide(k)&declared == 0) {
				continue
			}
		case "enum":
			if all, none := r.listed(r.texts(n.schema.Enum, join(n.ptr, "enum")), c); all || r.mistaken(c, none) || isExtensible(n.schema) {
				continue
			}
		case "const":
			if all, none := r.listed([]string{canonical(r.literal(n.schema.Const, join(n.ptr, "const"))).Text}, c); all || r.mistaken(c, none) {
				continue
			}
		case "format":
			if k&kindString == 0 || r.formatted(n.schema.Format, c) {
				continue
			}
		}
		s.Keywords = append(s.Keywords, keyword)
	}
}

// wideKinds returns the kinds that the type keyword lists but null; integers
// are numbers too.
func wideKinds(sch *openapi3.Schema) kinds {
	return wide(typeKinds(sch) &^ kindNull)
}

// mistaken reports whether a contradiction to the type is to be passed over.
func (r *remainders) mistaken(c claim, contradiction bool) bool {
	return contradiction && !c.chosen && !r.opts.ExactTypes
}

// texts returns the texts of the values at ptr.
func (r *remainders) texts(values []any, ptr string) []string {
	list := make([]string, len(values))
	for i, v := range values {
		at := ""
		if _, ok := v.(float64); ok {
			at = index(ptr, i) // where it has all digits
		}
		list[i] = canonical(r.literal(v, at)).Text
	}
	return list
}

// listed reports whether a claim allows none but the given values, or none of
// them. Texts are compared: a document that lists 1 for a string means "1".
func (r *remainders) listed(values []string, c claim) (all, none bool) {
	allowed := make(map[string]bool, len(values))
	for _, v := range values {
		allowed[v] = true
	}
	var claimed map[string]bool
	switch t := ir.Underlying(c.typ).(type) {
	case *ir.Enum:
		if t.Open {
			return false, false
		}
		claimed = r.valuesOf(t)
	case *ir.Prim:
		if t.Kind == ir.Bool && allowed["true"] && allowed["false"] {
			return true, false
		}
		for _, l := range r.limits(c) {
			if l.Const != nil {
				claimed = map[string]bool{canonical(*l.Const).Text: true}
			}
		}
	}
	found := 0
	for text := range allowed {
		if claimed[text] {
			found++
		}
	}
	return found == len(claimed) && found > 0, found == 0 && len(claimed) > 0
}

// valuesOf returns the texts of an enum's values, which the schemas of many
// alternatives may be held against.
func (r *remainders) valuesOf(e *ir.Enum) map[string]bool {
	texts := r.values[e]
	if texts == nil {
		texts = make(map[string]bool, len(e.Values))
		for _, v := range e.Values {
			texts[canonical(v.Value).Text] = true
		}
		r.values[e] = texts
	}
	return texts
}

// fieldsOf returns the fields of a struct by the names of their properties; a
// struct may be made of many schemas.
func (r *remainders) fieldsOf(st *ir.Struct) map[string]*ir.Field {
	fields := r.fields[st]
	if fields == nil && st != nil {
		fields = make(map[string]*ir.Field, len(st.Fields))
		for _, f := range st.Fields {
			fields[f.WireName] = f
		}
		r.fields[st] = fields
	}
	return fields
}

// formatted reports whether a format is a matter of the type or checked.
func (r *remainders) formatted(format string, c claim) bool {
	if format == "binary" {
		return true // any text is
	}
	p, ok := ir.Underlying(c.typ).(*ir.Prim)
	if !ok || p.Kind != ir.String {
		return !c.chosen || ok && p.Format == format
	}
	return p.Format != "" && p.Format != format && !c.chosen ||
		slices.ContainsFunc(r.limits(c), func(l *ir.Constraint) bool { return l.Format == format })
}

// restOfObject keeps what remains of properties and what speaks of them.
func (r *remainders) restOfObject(s *ir.Schema, n node, c claim) {
	sch := n.schema
	st, _ := ir.Underlying(c.typ).(*ir.Struct)
	fields, extra := r.fieldsOf(st), r.extra(c)
	names := slices.DeleteFunc(r.expected(n), func(name string) bool {
		f := fields[name]
		return f != nil && (f.Required || f.ReadOnly || f.WriteOnly || ir.IsFile(f.Type) || r.mistaken(c, sch.Properties[name] == nil))
	})
	if len(names) > 0 {
		put(s, "required", texts(names))
	}
	others := r.others(n, c, st)
	var members []ir.SchemaMember
	for _, p := range r.outlineOf(n).properties {
		var rest *ir.Schema
		if f := fields[p.name]; f != nil {
			rest = r.at(p.at, fieldClaim(f, c))
		} else {
			rest = r.at(p.at, extra)
		}
		if rest != nil || others != nil {
			members = append(members, ir.SchemaMember{Name: p.name, Schema: rest})
		}
	}
	if len(members) > 0 {
		s.Keywords = append(s.Keywords, ir.Keyword{Name: "properties", Members: members})
	}
	if rest := r.restOfPatterns(n, c, fields, extra); len(rest) > 0 || others != nil && len(sch.PatternProperties) > 0 {
		s.Keywords = append(s.Keywords, ir.Keyword{Name: "patternProperties", Members: rest})
	}
	if others != nil {
		putSchema(s, "additionalProperties", others)
	}
	if sch.PropertyNames != nil {
		if names := r.whole(place{sch.PropertyNames, join(n.ptr, "propertyNames")}); some(names) != nil {
			putSchema(s, "propertyNames", names)
		}
	}
}

// fieldClaim is the claim on a field of a struct.
func fieldClaim(f *ir.Field, c claim) claim {
	return claim{f.Type, limitsOf(f.Constraint), f.Nullable, c.chosen}
}

// limitsOf are the limits of a claim, if a place has any.
func limitsOf(c *ir.Constraint) []*ir.Constraint {
	if c == nil {
		return nil
	}
	return []*ir.Constraint{c}
}

// extra is the claim on properties that have no field.
func (r *remainders) extra(c claim) claim {
	var e *ir.Elem
	switch t := ir.Underlying(c.typ).(type) {
	case *ir.Struct:
		e = t.Additional
	case *ir.Map:
		e = &t.Elem
	}
	if e == nil {
		return claim{typ: &ir.Any{}}
	}
	return elemClaim(*e, c)
}

// elemClaim is the claim on an element of a list or map.
func elemClaim(e ir.Elem, c claim) claim {
	return claim{e.Type, limitsOf(e.Constraint), e.Nullable, c.chosen}
}

// restOfPatterns returns the patternProperties of a schema if something
// remains of one of them.
func (r *remainders) restOfPatterns(n node, c claim, fields map[string]*ir.Field, extra claim) []ir.SchemaMember {
	if len(n.schema.PatternProperties) == 0 {
		return nil
	}
	if len(fields) > 0 {
		extra = claim{typ: &ir.Any{}} // a field may match
	}
	var out []ir.SchemaMember
	remains := false
	for _, p := range ordered(r.builder, join(n.ptr, "patternProperties"), n.schema.PatternProperties) {
		if !r.checkable(p) {
			continue
		}
		rest := r.at(place{n.schema.PatternProperties[p], join(n.ptr, "patternProperties", p)}, extra)
		remains = remains || rest != nil
		out = append(out, ir.SchemaMember{Name: p, Schema: rest})
	}
	if !remains && n.schema.AdditionalProperties.Has == nil && n.schema.AdditionalProperties.Schema == nil {
		return nil
	}
	return out
}

// others returns what remains of additionalProperties; nil when nothing does.
func (r *remainders) others(n node, c claim, st *ir.Struct) *ir.Schema {
	sch := n.schema
	switch ap := sch.AdditionalProperties; {
	case ap.Has != nil && !*ap.Has:
		if st != nil && st.Closed && st.Additional == nil || st != nil && r.isPart(n, c) {
			return nil
		}
		return &ir.Schema{Never: true}
	case ap.Schema == nil:
		return nil
	}
	at := place{sch.AdditionalProperties.Schema, join(n.ptr, "additionalProperties")}
	return r.forOthers(at, sch, c, st)
}

// forOthers returns what remains of a schema for the properties that another
// does not list; some of them may have fields.
func (r *remainders) forOthers(at place, sch *openapi3.Schema, c claim, st *ir.Struct) *ir.Schema {
	rest := some(r.at(at, r.extra(c)))
	if st == nil {
		return rest
	}
	for _, f := range st.Fields {
		if sch.Properties[f.WireName] == nil && r.at(at, fieldClaim(f, c)) != nil {
			return some(r.whole(at))
		}
	}
	return rest
}

// isPart reports whether a schema is a part of allOf of what the type was made
// of. That it forbids the properties of the other parts is not meant.
func (r *remainders) isPart(n node, c claim) bool {
	t, ok := declares(c.typ)
	return ok && !slices.ContainsFunc(r.origins[t], func(s source) bool { return s.node.ptr == n.ptr })
}

// restOfArray keeps what remains of elements and what speaks of them.
func (r *remainders) restOfArray(s *ir.Schema, n node, c claim) {
	list, ok := ir.Underlying(c.typ).(*ir.List)
	if !ok {
		return
	}
	sch, elem := n.schema, elemClaim(list.Elem, c)
	var prefix []*ir.Schema
	remains := false
	for i, ref := range sch.PrefixItems {
		rest := r.at(place{ref, index(join(n.ptr, "prefixItems"), i)}, elem)
		remains = remains || rest != nil
		prefix = append(prefix, rest)
	}
	var items *ir.Schema
	if sch.Items != nil {
		items = r.at(place{sch.Items, join(n.ptr, "items")}, elem)
		if items != nil && items.Never && len(prefix) > 0 && slices.ContainsFunc(r.limits(c), func(l *ir.Constraint) bool {
			return l.MaxItems != nil && *l.MaxItems <= uint64(len(prefix))
		}) {
			items = nil
		}
	}
	if remains || items != nil && len(prefix) > 0 {
		s.Keywords = append(s.Keywords, ir.Keyword{Name: "prefixItems", Schemas: prefix})
	}
	if items != nil {
		putSchema(s, "items", items)
	}
	r.contains(s, n)
}
