package load

import "strings"

// simple repairs values of the forms that hold no objects of the grammar; nil
// removes the member.
func (r *repairer) simple(name string, v *node, f form) *node {
	if v = r.simpleValue(name, v, f); v != nil {
		v.def = objGroup // no reference may take it for something else
	}
	return v
}

func (r *repairer) simpleValue(name string, v *node, f form) *node {
	switch f {
	case formString:
		return r.string(name, v)
	case formNumber:
		return r.number(name, v)
	case formCount:
		return r.count(name, v)
	case formBool:
		return r.boolean(name, v)
	case formStrings:
		return r.strings(name, v)
	case formAnyList:
		return r.anyList(name, v)
	case formAnyMap:
		if v.kind != kindObject {
			return r.wrongKind(name, "an object", v)
		}
		return v
	case formStringMap:
		return r.stringMap(name, v)
	case formStringsMap:
		return r.stringsMap(name, v)
	case formBound:
		return r.bound(name, v)
	case formType:
		return r.schemaType(v)
	case formRequirement:
		return r.requirements(name, v)
	}
	return v
}

func (r *repairer) string(name string, v *node) *node {
	switch v.kind {
	case kindString:
		return v
	case kindNumber, kindBool:
		r.warn(v, "wrong-kind", "%s must be a string; %s is taken as one", quoteName(name), describe(v))
		v.kind = kindString
		return v
	}
	return r.wrongKind(name, "a string", v)
}

func (r *repairer) number(name string, v *node) *node {
	switch v.kind {
	case kindNumber:
		return v
	case kindString:
		if text := strings.TrimSpace(v.text); isCoreNumber(text) {
			r.warn(v, "wrong-kind", "%s must be a number; %s is taken as one", quoteName(name), describe(v))
			v.kind, v.text = kindNumber, text
			return v
		}
	}
	return r.wrongKind(name, "a number", v)
}

func (r *repairer) count(name string, v *node) *node {
	if v.kind != kindNumber && v.kind != kindString {
		return r.wrongKind(name, "a whole number", v)
	}
	text, ok := wholeNumber(v.text)
	if !ok {
		return r.wrongKind(name, "a whole number from 0", v)
	}
	if v.kind == kindString {
		r.warn(v, "wrong-kind", "%s must be a whole number; %s is taken as one", quoteName(name), describe(v))
	}
	v.kind, v.text = kindNumber, text
	return v
}

// asBool returns "true" or "false" for what can only mean that, or "".
func asBool(v *node) string {
	switch v.kind {
	case kindBool:
		return v.text
	case kindString, kindNumber:
		switch strings.ToLower(strings.TrimSpace(v.text)) {
		case "true", "yes", "y", "on", "1":
			return "true"
		case "false", "no", "n", "off", "0", "":
			return "false"
		}
	}
	return ""
}

func (r *repairer) boolean(name string, v *node) *node {
	if v.kind == kindBool {
		return v
	}
	text := asBool(v)
	if text == "" {
		return r.wrongKind(name, "a boolean", v)
	}
	r.warn(v, "wrong-kind", "%s must be a boolean; %s is taken as %s", quoteName(name), describe(v), text)
	v.kind, v.text = kindBool, text
	return v
}

// strings repairs a list of strings.
func (r *repairer) strings(name string, v *node) *node {
	switch v.kind {
	case kindArray:
	case kindString, kindNumber, kindBool:
		inner := *v
		r.warn(v, "wrong-kind", "%s must be a list of strings; %s is taken as its only element", quoteName(name), describe(v))
		v = v.at(kindArray)
		v.kids = []member{{val: &inner}}
	default:
		return r.wrongKind(name, "a list of strings", v)
	}
	kept := v.kids[:0]
	for _, m := range v.kids {
		if m.val.kind == kindObject && m.val.get("name") != nil {
			m.val = m.val.get("name") // a tag object where its name belongs
		}
		if m.val = r.string("an element of "+name, m.val); m.val != nil {
			kept = append(kept, m)
		}
	}
	clear(v.kids[len(kept):])
	v.kids = kept
	return v
}

// anyList repairs a list of free-form values.
func (r *repairer) anyList(name string, v *node) *node {
	switch v.kind {
	case kindArray:
		return v
	case kindObject:
		if name != "examples" {
			break
		}
		r.warn(v, "wrong-kind", "%q must be a list in a schema, not an object; its values are taken", name)
		out := v.at(kindArray)
		for _, m := range v.kids {
			if value := m.val.get("value"); value != nil {
				m.val = value
			}
			out.kids = append(out.kids, member{val: m.val})
		}
		return out
	case kindNull:
	default:
		r.warn(v, "wrong-kind", "%s must be a list; %s is taken as its only element", quoteName(name), describe(v))
		out := v.at(kindArray)
		out.kids = []member{{val: v}}
		return out
	}
	return r.wrongKind(name, "a list", v)
}

func (r *repairer) stringMap(name string, v *node) *node {
	if v.kind == kindArray && len(v.kids) == 0 {
		v = v.at(kindObject)
	}
	if v.kind == kindArray { // a list of scopes without descriptions
		var scopes []member
		for _, m := range v.kids {
			if m.val.kind == kindString {
				scopes = append(scopes, member{m.val.text, m.val.stringAt("")})
			} else if m.val.kind == kindObject {
				scopes = append(scopes, m.val.kids...)
			}
		}
		out := v.at(kindObject)
		out.addMissing(scopes)
		r.warn(v, "wrong-kind", "%s must be an object of strings, not a list; its elements are taken as keys", quoteName(name))
		v = out
	}
	if v.kind != kindObject {
		return r.wrongKind(name, "an object of strings", v)
	}
	for i, m := range v.kids {
		if m.val.kind == kindNull || strings.HasPrefix(m.key, "x-") && m.val.kind != kindString {
			v.kids[i].val = m.val.stringAt("")
		} else if v.kids[i].val = r.string(m.key, m.val); v.kids[i].val == nil {
			v.kids[i].val = m.val.stringAt("")
		}
	}
	return v
}

func (r *repairer) stringsMap(name string, v *node) *node {
	if v.kind != kindObject {
		return r.wrongKind(name, "an object of lists of strings", v)
	}
	v.def = objGroup
	for i, m := range v.kids {
		if m.val.kind == kindNull {
			v.kids[i].val = m.val.at(kindArray)
		} else if v.kids[i].val = r.strings(m.key, m.val); v.kids[i].val == nil {
			v.kids[i].val = m.val.at(kindArray)
		}
	}
	return v
}

// requirements repairs the value of a security keyword.
func (r *repairer) requirements(name string, v *node) *node {
	if v.kind == kindObject {
		inner := *v
		r.warn(v, "wrong-kind", "%q must be a list, not an object; it is taken as one", name)
		v = v.at(kindArray)
		v.kids = []member{{val: &inner}}
	}
	if v.kind != kindArray {
		return r.wrongKind(name, "a list of security requirements", v)
	}
	kept := v.kids[:0]
	for _, m := range v.kids {
		if m.val.kind == kindString {
			r.warn(m.val, "wrong-kind", "a security requirement must be an object; %q is taken as the name of a scheme", shorten(m.val.text))
			requirement := m.val.at(kindObject)
			requirement.kids = []member{{m.val.text, m.val.at(kindArray)}}
			m.val = requirement
		}
		if m.val = r.stringsMap("a security requirement", m.val); m.val != nil {
			kept = append(kept, m)
		}
	}
	clear(v.kids[len(kept):])
	v.kids = kept
	return v
}
