package ir

// Part says what a name is for at its place in the document.
type Part string

// The parts.
const (
	PartType      Part = "type"      // the declaration of a schema, of a service
	PartField     Part = "field"     // of a property; of a service in its parent
	PartValue     Part = "value"     // the constant of an enum's value
	PartVariant   Part = "variant"   // the type that wraps a variant
	PartInterface Part = "interface" // the sealed interface of a union
	PartUnknown   Part = "unknown"   // the variant for what no other matches
	PartAlso      Part = "also"      // the field for other variants of a union
	PartMethod    Part = "method"    // of an operation
	PartIterator  Part = "iterator"  // the method that walks pages
	PartService   Part = "service"   // the path of the service with the method
	PartParams    Part = "params"    // the type of the inputs
	PartResult    Part = "result"    // the type of several results
	PartInput     Part = "input"     // the field of a parameter
	PartBody      Part = "body"      // the field of a request body
	PartFunction  Part = "function"  // that parses a webhook
	PartOption    Part = "option"    // of a security scheme or server variable
	PartServer    Part = "server"    // the constant or function of a server
	PartHeader    Part = "header"    // the method that reads a header
	PartKind      Part = "kind"      // what a header is read as, if not text, and any value that stays one
	PartMedia     Part = "media"     // the media type chosen among several
	PartItems     Part = "items"     // the property with the items of a page, found by its type
	PartSum       Part = "sum"       // the hash of an item of a oneOf, anyOf or allOf, to know it again
)

// InPackage reports whether names of this part are declared by the package, so
// that no two of them may be the same.
func (p Part) InPackage() bool {
	switch p {
	case PartType, PartValue, PartVariant, PartInterface, PartUnknown, PartParams, PartResult, PartFunction, PartOption, PartServer:
		return true
	}
	return false
}

// Known reports whether p is one of the parts.
func (p Part) Known() bool {
	switch p {
	case PartField, PartAlso, PartMethod, PartIterator, PartService, PartInput, PartBody, PartHeader, PartKind, PartMedia, PartItems, PartSum:
		return true
	}
	return p.InPackage()
}

// Origin is what a name stands for in the document.
type Origin struct {
	// Pointer is the JSON pointer of the node, with what tells the items of
	// lists apart in the place of their indexes: it stays the same when others
	// are added before them.
	Pointer string
	Part    Part
	// Key tells several names of one part apart: the property, the value, place
	// and name of the parameter.
	Key string
}

// Names maps what a document has to the names that a client has for it, and to
// the few choices that shape it as names do.
type Names map[Origin]string
