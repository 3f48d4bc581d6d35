package ir

import "github.com/seed-a7989e22/apigen/generator/diag"

// Type is the Go shape of a schema: exactly one of *Struct, *Enum, *Union,
// *List, *Map, *Alias, *Prim and *Any. Struct, Enum, Union and Alias are
// declarations and are referred to by pointer; the same pointer is the same
// Go type.
type Type interface{ isType() }

func (*Struct) isType() {}
func (*Enum) isType()   {}
func (*Union) isType()  {}
func (*List) isType()   {}
func (*Map) isType()    {}
func (*Alias) isType()  {}
func (*Prim) isType()   {}
func (*Any) isType()    {}

// Decl is what every named type carries.
type Decl struct {
	// GoName is the exported identifier, unique in the package.
	GoName string
	// Doc is the document's own words: title and description, unformatted.
	Doc string
	// Deprecated is the reason, or a standard sentence; empty means current.
	Deprecated string
	// Pos is the schema the type was made from.
	Pos diag.Pos
	// Origin is the pointer under which API.Names has the names of the type and
	// of its parts. Several types can be made from one schema.
	Origin string
	// Schema is what values have to meet beyond what the type and its
	// constraints say; nil when that is nothing.
	Schema *NamedSchema
	// File is the base name of the file that holds the declaration, without
	// extension; empty when several services share it (models.go).
	File string
}

// Declaration returns the declaration itself; it lets code treat the four
// kinds of named types alike.
func (d *Decl) Declaration() *Decl { return d }

// Named is implemented by the types that are declared under a name.
type Named interface {
	Type
	Declaration() *Decl
}

// Struct is an object with known properties.
type Struct struct {
	Decl
	Fields []*Field
	// Additional is the type of properties without a field, kept in
	// AdditionalProperties; nil when they are not kept.
	Additional *Elem
	// Closed reports that the document allows no other properties; strict
	// decoding then reports them.
	Closed bool
	// Constraint limits the number of properties; nil means no limit.
	Constraint *Constraint
	// Envelope is true for a struct that exists only in the generated client,
	// such as the result of an operation with several success schemas. It has
	// no codec.
	Envelope bool
}

// Field is a property of a struct.
type Field struct {
	GoName     string
	WireName   string
	Doc        string
	Deprecated string
	Pos        diag.Pos
	Type       Type
	// Required and Nullable choose the Go form: value, pointer or Nullable[T].
	Required bool
	Nullable bool
	// ReadOnly properties are left out of requests, WriteOnly ones are not
	// expected in responses.
	ReadOnly, WriteOnly bool
	// Sensitive values never appear in errors or logs.
	Sensitive bool
	// Indirect asks for a pointer because the type would contain itself.
	Indirect bool
	// Const is the only allowed value of a required property; the encoder
	// fills it in when the field is zero. Nil when there is none.
	Const *Literal
	// Listed tells that a required property has a list of values, of which
	// there may be more tomorrow than the one of Const.
	Listed bool
	// Default is documented and never sent; nil when there is none.
	Default *Literal
	// Constraint limits the value; nil means no limit beyond the type's own.
	Constraint *Constraint
	// XML is how the property is written in XML; nil where its struct is not.
	XML *XML
}

// Pointer is the JSON pointer of the property in its object.
func (f *Field) Pointer() string { return "/" + diag.EscapeToken(f.WireName) }

// XML is the XML form of a property.
type XML struct {
	// Namespace is a URI; empty for none of its own. Prefix is what is written
	// for it; without a namespace it is the prefix of one around it.
	Namespace, Prefix string
	// Name is that of the element or attribute; empty to leave it out.
	Name      string
	Attribute bool
	// Text says that it is the text of the element around it.
	Text bool
	// Wrapper is the element around those of a list; empty for none.
	Wrapper string
	// WrapperSpace is the XMLSpace of that, where a prefix makes it differ.
	WrapperSpace string
}

// XMLSpace is a namespace with its prefix, if any, as one text: "p=http://example.com".
func XMLSpace(prefix, namespace string) string {
	if prefix == "" {
		return namespace
	}
	return prefix + "=" + namespace
}

// Elem is the type of list items or map values.
type Elem struct {
	Type Type
	// Nullable elements are pointers.
	Nullable bool
	// Sensitive elements never appear in errors or logs.
	Sensitive  bool
	Constraint *Constraint
}

// Enum is a set of named scalar values.
type Enum struct {
	Decl
	// Base is the kind of every value: String, Int64, Int32, Uint64, Float64 or Bool.
	Base   PrimKind
	Values []*EnumValue
	// Open enums accept values that are not listed.
	Open bool
}

// EnumValue is one constant of an enum.
type EnumValue struct {
	// GoName is the full identifier of the constant, unique in the package.
	GoName string
	Doc    string
	Value  Literal
	Pos    diag.Pos
}

// Union is a value of one of several types (oneOf, anyOf).
type Union struct {
	Decl
	Variants []*Variant
	// Discriminator names the property that tells the variants apart; nil
	// when the variants are told apart by their shape.
	Discriminator *Discriminator
	// Exclusive is true for oneOf: exactly one variant may match.
	Exclusive bool
	// Nullable is true when null is a value of the type.
	Nullable bool
	// Several is true where a value can be of several variants of anyOf at once
	// and no variant holds all properties of it.
	Several bool
	// Overlapping is true where Schema decides which variants a value matches,
	// so that the one that the decoder has chosen is not checked by itself.
	Overlapping bool
	// UnknownName is the Go name of the variant that keeps what no other
	// variant matches, such as PetUnknown.
	UnknownName string
	// InterfaceName is the Go name of the sealed interface, such as PetVariant.
	InterfaceName string
}

// Variant is one alternative of a union.
type Variant struct {
	// Type is the alternative. Structs, unions and enums are used as they
	// are; every other type is wrapped in a defined type named WrapperName.
	Type Type
	// WrapperName is the Go name of the defined type around Type; empty when
	// Type is used directly.
	WrapperName string
	// Doc describes the alternative where the document does.
	Doc string
	Pos diag.Pos
	// Constraint limits a wrapped value.
	Constraint *Constraint
	// Match tells how to recognise the alternative without a discriminator.
	Match Match
}

// Match describes the JSON that a variant accepts, as far as it helps to
// choose among the variants of a union.
type Match struct {
	// Kinds are the JSON kinds it accepts: "object", "array", "string",
	// "integer", "number", "boolean". Empty means any.
	Kinds []string
	// Consts are properties (objects) with a closed list of allowed values, and
	// properties of properties.
	Consts []ConstProperty
	// Required and Known list property names of an object variant, or of the
	// items of a list variant.
	Required []string
	Known    []string
	// Open tells that the variant keeps properties of all names.
	Open bool
	// Values are the allowed values of a closed scalar enum variant.
	Values []Literal
}

// ConstProperty is a property with a closed list of allowed values.
type ConstProperty struct {
	Name string
	// Inner is the property of that property, or of the items of its list,
	// which has them; empty when it is the property itself.
	Inner  string
	Values []Literal
	// Nullable tells that null is allowed besides.
	Nullable bool
}

// Same reports whether c and d are the same property.
func (c ConstProperty) Same(d ConstProperty) bool { return c.Name == d.Name && c.Inner == d.Inner }

// Discriminator selects a union variant by the value of a property.
type Discriminator struct {
	Property string
	Mapping  []DiscriminatorValue
	Number   bool // the values are integers
	// Default is the variant for any other value, and for none; nil when such
	// a value is unknown.
	Default *Variant
	// Base is the variant for no value, which the others extend; nil when there is none.
	Base *Variant
}

// Literal returns a value of the discriminator in a mapping.
func (d *Discriminator) Literal(value string) Literal {
	if d.Number {
		return Literal{Kind: LitNumber, Text: value}
	}
	return Literal{Kind: LitString, Text: value}
}

// DiscriminatorValue maps one value of the property to Union.Variants[Variant].
type DiscriminatorValue struct {
	Value   string
	Variant int
	// Implicit says that the document does not name the value: it is the name of
	// the component, which is what OpenAPI has then, and not always what servers do.
	Implicit bool
}

// List is an array. It has no name of its own: an Alias gives it one.
type List struct {
	Elem Elem
}

// Map is an object of arbitrary keys.
type Map struct {
	Elem Elem
}

// Alias names a type that is not a struct, enum or union.
type Alias struct {
	Decl
	Target Type
	// Defined makes it a type of its own (type A B) rather than a Go alias
	// (type A = B); needed where the type contains itself.
	Defined bool
	// Circular aliases contain themselves through other types.
	Circular bool
	// Constraint limits every value of the type.
	Constraint *Constraint
	// Nullable is true when null is a value of the type; users of the alias
	// are nullable then, and the flag is kept for documentation.
	Nullable bool
}

// Underlying returns the type that t is, aliases resolved.
func Underlying(t Type) Type {
	for {
		a, ok := t.(*Alias)
		if !ok {
			return t
		}
		t = a.Target
	}
}

// Resolved resolves aliases that are not types of their own.
func Resolved(t Type) Type {
	for {
		a, ok := t.(*Alias)
		if !ok || a.Defined {
			return t
		}
		t = a.Target
	}
}

// TypeArgument is t as the argument of a type parameter: without the names of aliases that contain
// themselves, at which the compiler (go1.26) fails in such a place.
func TypeArgument(t Type) Type {
	switch x := t.(type) {
	case *Alias:
		if x.Circular && !x.Defined {
			return TypeArgument(x.Target)
		}
	case *List:
		return &List{Elem: Elem{Type: TypeArgument(x.Elem.Type), Nullable: x.Elem.Nullable}}
	case *Map:
		return &Map{Elem: Elem{Type: TypeArgument(x.Elem.Type), Nullable: x.Elem.Nullable}}
	}
	return t
}

// Contents returns the types that values of t are made of.
func Contents(t Type) []Type {
	var out []Type
	switch t := t.(type) {
	case *Struct:
		for _, f := range t.Fields {
			out = append(out, f.Type)
		}
		if t.Additional != nil {
			out = append(out, t.Additional.Type)
		}
	case *Union:
		for _, v := range t.Variants {
			out = append(out, v.Type)
		}
	case *List:
		out = append(out, t.Elem.Type)
	case *Map:
		out = append(out, t.Elem.Type)
	case *Alias:
		out = append(out, t.Target)
	}
	return out
}

// IsText reports whether the Go type of t is a kind of string.
func IsText(t Type) bool {
	switch x := Underlying(t).(type) {
	case *Prim:
		return x.Kind == String
	case *Enum:
		return x.Base == String
	}
	return false
}

// IsBinary reports whether values of t are streams, which have no place in JSON.
func IsBinary(t Type) bool {
	p, ok := Underlying(t).(*Prim)
	return ok && p.Kind == Binary
}

// IsFile reports whether t is a stream or a list of them, which only a form can
// hold.
func IsFile(t Type) bool {
	if list, ok := Underlying(t).(*List); ok {
		t = list.Elem.Type
	}
	return IsBinary(t)
}

// Parts returns the structs whose fields are the parts of a form of type t.
func Parts(t Type) []*Struct {
	switch x := Underlying(t).(type) {
	case *Struct:
		return []*Struct{x}
	case *Union:
		var all []*Struct
		for _, v := range x.Variants {
			if st, ok := v.Type.(*Struct); ok {
				all = append(all, st)
			}
		}
		return all
	}
	return nil
}

// PrimKind is the Go form of a scalar.
type PrimKind string

// The scalar kinds and their Go types.
const (
	String   PrimKind = "string"   // string
	Bool     PrimKind = "bool"     // bool
	Int64    PrimKind = "int64"    // int64
	Int32    PrimKind = "int32"    // int32
	Uint64   PrimKind = "uint64"   // uint64
	Float64  PrimKind = "float64"  // float64
	Float32  PrimKind = "float32"  // float32
	DateTime PrimKind = "datetime" // time.Time
	Date     PrimKind = "date"     // types.Date of oapi-codegen/runtime
	UUID     PrimKind = "uuid"     // types.UUID of oapi-codegen/runtime
	Bytes    PrimKind = "bytes"    // []byte, base64 in JSON
	Binary   PrimKind = "binary"   // io.Reader in requests, io.ReadCloser in responses
	Custom   PrimKind = "custom"   // a trusted x-go-type; see Prim.GoType
)

// Scalar reports whether k is one of the kinds that fit into text.
func (k PrimKind) Scalar() bool {
	switch k {
	case String, Bool, Int64, Int32, Uint64, Float64, Float32, DateTime, Date, UUID:
		return true
	}
	return false
}

// Prim is a scalar.
type Prim struct {
	Kind PrimKind
	// Format is the document's format where it is not implied by Kind, such
	// as "email"; used for documentation and validation.
	Format string
	// Quoted is set for numbers that may also come as strings.
	Quoted bool
	// GoType is set for Custom: a checked identifier and its import path.
	GoType *GoType
}

// GoType is a type that the document names (x-go-type), honoured only when
// the configuration trusts it.
type GoType struct {
	// Import is the import path; empty for a predeclared type.
	Import string
	// Name is the identifier in that package.
	Name string
}

// Any is a free-form JSON value.
type Any struct{}

// Constraint holds the limits of a value. Zero fields do not apply.
type Constraint struct {
	MinLength, MaxLength         *uint64
	Pattern                      string
	Minimum, Maximum             Number
	ExclusiveMin, ExclusiveMax   bool // whether Minimum and Maximum themselves are excluded
	MultipleOf                   Number
	MinItems, MaxItems           *uint64
	UniqueItems                  bool
	MinProperties, MaxProperties *uint64
	// Format is checked for strings where it is one of the known formats.
	Format string
	// Const is the only allowed value, when the Go type alone does not say so.
	Const *Literal
}
