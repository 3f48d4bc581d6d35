package ir

// Number is a JSON number as written, so that no digit is lost. Empty means
// absent.
type Number string

// LiteralKind is the JSON kind of a literal.
type LiteralKind string

// The kinds of literals.
const (
	LitNull   LiteralKind = "null"
	LitBool   LiteralKind = "boolean"
	LitNumber LiteralKind = "number"
	LitString LiteralKind = "string"
	LitJSON   LiteralKind = "json" // an array or object
)

// Literal is a JSON value from the document.
type Literal struct {
	Kind LiteralKind
	// Text is the string itself for a string, "true" or "false" for a
	// boolean, and the JSON text otherwise.
	Text string
}
