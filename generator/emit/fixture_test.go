package emit

import "github.com/seed-a7989e22/apigen/generator/ir"

// The fixture is a package with every form that a type or a field can take.

func decl(name string) ir.Decl { return ir.Decl{GoName: name, Doc: "A " + name + " of the shop."} }

func prim(kind ir.PrimKind) *ir.Prim { return &ir.Prim{Kind: kind} }

func text(s string) ir.Literal   { return ir.Literal{Kind: ir.LitString, Text: s} }
func number(s string) ir.Literal { return ir.Literal{Kind: ir.LitNumber, Text: s} }

func size(n uint64) *uint64 { return &n }

func enum(name string, base ir.PrimKind, open bool, values ...ir.Literal) *ir.Enum {
	e := &ir.Enum{Decl: decl(name), Base: base, Open: open}
	for i, v := range values {
		e.Values = append(e.Values, &ir.EnumValue{GoName: name + string(rune('A'+i)), Value: v, Doc: "The value " + v.Text + "."})
	}
	return e
}

// field makes a field from flags: "r" required, "n" nullable, "R" read-only,
// "W" write-only, "i" indirect.
func field(goName, wire, flags string, t ir.Type, c *ir.Constraint) *ir.Field {
	f := &ir.Field{GoName: goName, WireName: wire, Type: t, Constraint: c, Doc: "What " + wire + " is"}
	for _, flag := range flags {
		switch flag {
		case 'r':
			f.Required = true
		case 'n':
			f.Nullable = true
		case 'R':
			f.ReadOnly = true
		case 'W':
			f.WriteOnly, f.Sensitive = true, true
		case 'i':
			f.Indirect = true
		}
	}
	return f
}

func fixture() *ir.API {
	colour := enum("Colour", ir.String, false, text("red"), text("blue"), text("light \"green\""), text("grey"))
	shade := enum("Shade", ir.String, true, text("dark"))
	level := enum("Level", ir.Int64, false, number("1"), number("-2"))
	ratio := enum("Ratio", ir.Float64, false, number("0.5"), number("1e3"))
	kind := enum("Kind", ir.String, false, text("item"))

	userID := &ir.Alias{Decl: decl("UserID"), Target: prim(ir.String), Constraint: &ir.Constraint{Pattern: `^u\d+$`}}
	tree := &ir.Alias{Decl: decl("Tree"), Defined: true, Constraint: &ir.Constraint{MaxItems: size(2)}}
	tree.Target = &ir.List{Elem: ir.Elem{Type: tree}}
	label := &ir.Struct{Decl: decl("Label"), Fields: []*ir.Field{
		field("Name", "name", "r", prim(ir.String), &ir.Constraint{MaxLength: size(3)}),
		field("Weight", "weight", "", prim(ir.Float64), &ir.Constraint{Minimum: "0", ExclusiveMin: true, MultipleOf: "0.1"}),
	}}
	labels := &ir.Alias{Decl: decl("Labels"), Target: &ir.List{Elem: ir.Elem{Type: label}}}
	pet, cat, dog := pets()
	figure, circle, square := figures(pet, level)

	linked := &ir.Struct{Decl: decl("Linked")}
	linked.Fields = []*ir.Field{
		field("Next", "next", "ri", linked, nil),
		field("Text", "text", "r", prim(ir.String), nil),
	}
	item := &ir.Struct{Decl: decl("Item"), Additional: &ir.Elem{Type: prim(ir.String), Constraint: &ir.Constraint{MaxLength: size(4)}}}
	item.Fields = []*ir.Field{
		field("ID", "id", "rR", prim(ir.Int64), &ir.Constraint{Minimum: "1"}),
		field("Name", "name", "r", prim(ir.String), &ir.Constraint{MinLength: size(2), MaxLength: size(10)}),
		field("Nick", "nick", "", prim(ir.String), &ir.Constraint{Pattern: `^[a-z\s]+$`, Format: "hostname"}),
		field("Note", "note", "n", prim(ir.String), &ir.Constraint{MaxLength: size(5)}),
		field("ClosedAt", "closed_at", "rn", prim(ir.DateTime), nil),
		field("CreatedAt", "created_at", "r", prim(ir.DateTime), nil),
		field("Colour", "colour", "r", colour, nil),
		field("OldColour", "old_colour", "", colour, nil),
		field("Colours", "colours", "", &ir.List{Elem: ir.Elem{Type: colour}}, nil),
		field("NullColour", "null_colour", "n", colour, nil),
		field("Shade", "shade", "r", shade, nil),
		field("Level", "level", "", level, nil),
		field("Ratio", "ratio", "", ratio, nil),
		field("Kind", "kind", "r", kind, nil),
		field("Tags", "tags", "r", &ir.List{Elem: ir.Elem{Type: prim(ir.String), Constraint: &ir.Constraint{MaxLength: size(6)}}},
			&ir.Constraint{MinItems: size(1), MaxItems: size(3), UniqueItems: true}),
		field("Labels", "labels", "", labels, nil),
		field("Notes", "notes", "", &ir.List{Elem: ir.Elem{Type: prim(ir.String), Nullable: true}}, &ir.Constraint{MinItems: size(2)}),
		field("NullTags", "null_tags", "rn", &ir.List{Elem: ir.Elem{Type: prim(ir.Int64)}}, nil),
		field("OptNullTags", "opt_null_tags", "n", &ir.List{Elem: ir.Elem{Type: prim(ir.Int64)}}, nil),
		field("Matrix", "matrix", "", &ir.List{Elem: ir.Elem{Type: &ir.List{Elem: ir.Elem{Type: prim(ir.Float64), Constraint: &ir.Constraint{Maximum: "9"}}}}}, nil),
		field("Meta", "meta", "", &ir.Map{Elem: ir.Elem{Type: &ir.Any{}}}, nil),
		field("Counts", "counts", "", &ir.Map{Elem: ir.Elem{Type: prim(ir.Int32), Nullable: true, Constraint: &ir.Constraint{Maximum: "5"}}}, nil),
		field("ByName", "by_name", "", &ir.Map{Elem: ir.Elem{Type: labels}}, &ir.Constraint{MaxProperties: size(2)}),
		field("Parent", "parent", "", item, nil),
		field("NullParent", "null_parent", "rn", item, nil),
		field("Day", "day", "", prim(ir.Date), nil),
		field("UID", "uid", "", prim(ir.UUID), nil),
		field("Data", "data", "", prim(ir.Bytes), nil),
		field("Small", "small", "", prim(ir.Int32), &ir.Constraint{Maximum: "7"}),
		field("Single", "single", "r", prim(ir.Float32), nil),
		field("Live", "live", "r", prim(ir.Bool), nil),
		field("MaybeLive", "maybe_live", "", prim(ir.Bool), nil),
		field("Secret", "secret", "W", prim(ir.String), &ir.Constraint{MaxLength: size(3)}),
		field("Free", "free", "", &ir.Any{}, nil),
		field("Anything", "anything", "r", &ir.Any{}, nil),
		field("Pet", "pet", "", pet, nil),
		field("Figure", "figure", "r", figure, nil),
		field("Figures", "figures", "", &ir.List{Elem: ir.Elem{Type: figure}}, nil),
		field("Tree", "tree", "", tree, nil),
		field("UserID", "user_id", "", userID, nil),
		field("Linked", "linked", "", linked, nil),
		field("Strange", `a/b~c "d" \e`, "r", prim(ir.Int64), &ir.Constraint{Maximum: "9007199254740993"}),
	}
	item.Fields[13].Const = &kind.Values[0].Value
	listed := &ir.Schema{Keywords: []ir.Keyword{{Name: "enum", JSON: `[1.0,"one",{"b":[1,2],"a":null}]`}}}
	item.Schema = &ir.NamedSchema{Name: "Item", Schema: &ir.Schema{Keywords: []ir.Keyword{
		{Name: "properties", Members: []ir.SchemaMember{{Name: "free", Schema: listed}}},
	}}}
	closed := &ir.Struct{Decl: decl("Closed"), Closed: true, Constraint: &ir.Constraint{MinProperties: size(1)}, Fields: []*ir.Field{
		field("A", "a", "", prim(ir.Int64), nil),
		field("B", "b", "", prim(ir.Int64), nil),
	}}
	envelope := &ir.Struct{Decl: decl("Envelope"), Fields: []*ir.Field{field("Data", "data", "r", item, nil)}}
	optional := &ir.Struct{Decl: decl("OptEnvelope"), Fields: []*ir.Field{field("Data", "data", "", item, nil)}}
	single := &ir.Struct{Decl: decl("SingleList"), Fields: []*ir.Field{field("Data", "data", "", labels, nil)}}
	empty := &ir.Struct{Decl: decl("Empty")}
	return &ir.API{
		Package: "shop", Document: "shop.yaml", Title: "Shop", Schemas: []*ir.NamedSchema{item.Schema},
		Types: []ir.Named{
			colour, shade, level, ratio, kind, userID, tree, label, labels, item, closed, envelope, optional, single, empty, linked,
			pet, cat, dog, figure, circle, square,
		},
		Services: []*ir.Service{{
			FieldName: "Items", GoName: "ItemsService", File: "items",
			Operations: []*ir.Operation{{
				ID: "putItem", GoName: "Put", DescriptorName: "opPutItem", Method: "PUT", Path: "/items", ParamsName: "ItemsPutParams",
				Bodies: []*ir.Body{{FieldName: "Body", MediaType: "application/json", Codec: ir.CodecJSON, Type: envelope, Required: true}},
				Result: ir.Result{Type: envelope, Cases: []*ir.Response{{
					Statuses: []string{"200"}, MediaType: "application/json", Codec: ir.CodecJSON, Type: envelope,
				}}},
			}},
		}},
	}
}

// pets returns a union with a discriminator.
func pets() (pet *ir.Union, cat, dog *ir.Struct) {
	cat = &ir.Struct{Decl: decl("Cat"), Fields: []*ir.Field{
		field("Type", "type", "r", prim(ir.String), nil),
		field("Lives", "lives", "", prim(ir.Int64), &ir.Constraint{Maximum: "9"}),
	}}
	dog = &ir.Struct{Decl: decl("Dog"), Fields: []*ir.Field{
		field("Type", "type", "r", prim(ir.String), nil),
		field("Puppies", "puppies", "", &ir.List{}, nil),
	}}
	pet = &ir.Union{
		Decl: decl("Pet"), InterfaceName: "PetVariant", UnknownName: "PetUnknown", Exclusive: true,
		Variants: []*ir.Variant{{Type: cat}, {Type: dog}},
		Discriminator: &ir.Discriminator{Property: "type", Mapping: []ir.DiscriminatorValue{
			{Value: "cat", Variant: 0}, {Value: "tom", Variant: 0}, {Value: "dog", Variant: 1},
		}},
	}
	dog.Fields[1].Type.(*ir.List).Elem = ir.Elem{Type: pet}
	return pet, cat, dog
}

// figures returns a union whose variants differ by their shape, another union
// among them.
func figures(pet *ir.Union, level *ir.Enum) (figure *ir.Union, circle, square *ir.Struct) {
	shape := func(name, property string) *ir.Struct {
		return &ir.Struct{Decl: decl(name), Fields: []*ir.Field{
			field("Common", "common", "", prim(ir.String), nil),
			field("Size", property, "r", prim(ir.Int64), &ir.Constraint{Minimum: "1"}),
		}}
	}
	circle, square = shape("Circle", "radius"), shape("Square", "side")
	match := func(property string) ir.Match {
		return ir.Match{Kinds: []string{"object"}, Required: []string{property}, Known: []string{property, "common"}}
	}
	list := func(t ir.Type) *ir.List { return &ir.List{Elem: ir.Elem{Type: t}} }
	figure = &ir.Union{
		Decl: decl("Figure"), InterfaceName: "FigureVariant", UnknownName: "FigureUnknown",
		Variants: []*ir.Variant{
			{Type: circle, Match: match("radius")},
			{Type: square, Match: match("side")},
			{Type: pet, Match: ir.Match{Kinds: []string{"object"}, Required: []string{"type"}, Known: []string{"type", "lives", "puppies"}}},
			{Type: prim(ir.String), WrapperName: "FigureString", Match: ir.Match{Kinds: []string{"string"}}, Constraint: &ir.Constraint{MaxLength: size(4)}},
			{Type: level, Match: ir.Match{Kinds: []string{"integer"}, Values: []ir.Literal{number("1"), number("-2")}}},
			{Type: prim(ir.Float64), WrapperName: "FigureFloat", Match: ir.Match{Kinds: []string{"number"}}},
			{Type: list(prim(ir.String)), WrapperName: "FigureStrings", Match: ir.Match{Kinds: []string{"array"}}},
			{Type: list(circle), WrapperName: "FigureCircles", Match: ir.Match{Kinds: []string{"array"}}},
			{Type: prim(ir.DateTime), WrapperName: "FigureTime", Match: ir.Match{Kinds: []string{"string"}, Values: []ir.Literal{text("never")}}},
		},
	}
	return figure, circle, square
}
