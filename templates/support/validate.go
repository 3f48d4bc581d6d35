package support

// Violation is one way in which a value breaks the limits of the document.
type Violation struct {
	// Pointer is the JSON pointer (RFC 6901) of the value.
	Pointer string
	// Keyword is the limit in the words of JSON Schema, such as "maxLength".
	Keyword string
	// Limit is what the document asks for, such as "32"; empty where the
	// keyword says it all.
	Limit string
}
