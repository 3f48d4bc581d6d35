// Package ir describes a Go client as data: what the generated package is, in
// Go terms, free of OpenAPI and of Go syntax. Package build makes it from a
// document, package emit writes it as code. No field holds Go code.
package ir

import (
	"iter"
	"slices"
	"strings"

	"github.com/seed-a7989e22/apigen/generator/diag"
)

// API is one generated package.
type API struct {
	// Package is the Go package name.
	Package string
	// Document is the base name of the source document, for the header line.
	Document string
	// Title, Version and Doc are the document's info object.
	Title, Version, Doc string
	// Services are the fields of the client, in order.
	Services []*Service
	// Types are all declarations, in order of output.
	Types []Named
	// Schemas are those that generated code interprets, by name.
	Schemas []*NamedSchema
	// Schemes are the security schemes in use or declared.
	Schemes []*SecurityScheme
	// Servers are those of operations without their own.
	Servers  []*Server
	Webhooks []*Webhook
	// Headers are the response headers, and those of webhooks, that the
	// document describes: methods of the type HeadersName.
	Headers     []*Header
	HeadersName string
	// Names tells which name is whose: what the next version of the package
	// has to keep.
	Names Names
}

// Header is a header that servers send.
type Header struct {
	// GoName is the name of the method that reads it.
	GoName string
	// Name is spelled as in the document.
	Name string
	Doc  string
	// Deprecated is the reason if all that send the header call it deprecated.
	Deprecated string
	Pos        diag.Pos
	// Type is a scalar or a list of scalars; text where the document says more
	// than Go can.
	Type Type
	// Sources are the Go names of the operations and webhooks that come with it.
	Sources []string
}

// Link says that a value of a response is an input of another operation.
type Link struct {
	Name, Doc string
	// Target is the method that the link leads to, or else the document's own
	// word for it.
	Target string
	// Inputs are pairs of an input's name and the expression of its value.
	Inputs [][2]string
}

// Service groups operations: a tag, or a level of x-go-service.
type Service struct {
	// FieldName is the field of the parent ("Keys"), GoName the type
	// ("ZeroTrustAccessKeysService").
	FieldName, GoName string
	Doc               string
	// Operations are the methods, in order.
	Operations []*Operation
	// Children are nested services.
	Children []*Service
	// File is the base name of the file that holds the service, without
	// extension; nested services share the file of their root.
	File string
}

// All returns the operations of a service and of those below it, in order.
func (s *Service) All() iter.Seq[*Operation] {
	return func(yield func(*Operation) bool) { s.each(yield) }
}

// each yields the operations of All; false when it has to stop.
func (s *Service) each(yield func(*Operation) bool) bool {
	for _, op := range s.Operations {
		if !yield(op) {
			return false
		}
	}
	for _, child := range s.Children {
		if !child.each(yield) {
			return false
		}
	}
	return true
}

// Operations returns the operations of all services, in order.
func (a *API) Operations() iter.Seq[*Operation] { return (&Service{Children: a.Services}).All() }

// Operation is one method of a service.
type Operation struct {
	// ID is the operationId of the document, or the one made from method and path.
	ID string
	// GoName is the method's name, unique in its service.
	GoName string
	// AllName is the name of the iterating method of a paginated operation.
	AllName string
	// File is the base name of the file that holds the operation; empty for
	// that of its service.
	File string
	// DescriptorName is the unexported identifier of the static descriptor.
	DescriptorName string
	// Summary and Doc are the document's own words.
	Summary, Doc string
	// Remarks are other paragraphs about the operation: that it may change, and where
	// more is to be read.
	Remarks    []string
	Deprecated string
	Pos        diag.Pos
	// Method is the HTTP method in upper case, Path the template as written.
	Method, Path string
	// Params is the struct of all inputs: its fields are Inputs and Bodies.
	ParamsName string
	Inputs     []*Param
	// Of is the operation whose inputs this one shares: a second method for
	// the same operation of the document, which asks for the response in
	// another media type, such as an event stream. Nil for all others.
	Of *Operation
	// Switches are the inputs by which this method asks for a stream.
	Switches []StreamSwitch
	// Bodies are the request bodies by media type. The first is the field
	// Body; others are alternatives with names of their own.
	Bodies []*Body
	// Result is what the method returns.
	Result Result
	// Errors are the documented error responses, grouped by type.
	Errors []*ErrorCase
	// Unread are the statuses of other errors that are documented: those without
	// content that is read.
	Unread []string
	// Links lead from the response to other operations.
	Links []*Link
	// Security lists the alternatives, each with the schemes that it takes
	// together. Empty means that nothing is sent; an empty alternative
	// makes credentials optional.
	Security []Requirement
	// Servers override those of the API; empty means inherit.
	Servers    []*Server
	Pagination *Pagination
}

// StreamSwitch is an optional boolean input that a method sets because the API
// answers with a stream only then.
type StreamSwitch struct {
	// Body has the input as a property; nil for a parameter.
	Body  *Body
	Field *Field
}

// Requirement is a set of security schemes that apply together.
type Requirement struct {
	Schemes []SchemeUse
}

// SchemeUse is a scheme with the scopes an operation asks for.
type SchemeUse struct {
	Scheme *SecurityScheme
	Scopes []string
}

// ParamIn is the place of a parameter.
type ParamIn string

// The places of parameters.
const (
	InPath  ParamIn = "path"
	InQuery ParamIn = "query"
	// InQueryString is the query as a whole.
	InQueryString ParamIn = "querystring"
	InHeader      ParamIn = "header"
	InCookie      ParamIn = "cookie"
)

// Param is an input outside the body: a field of the params struct.
type Param struct {
	// Field gives name, wire name, doc, type, required and constraint.
	Field
	// Schema is what the value has to meet beyond its type and constraint.
	Schema        *NamedSchema
	In            ParamIn
	Style         string
	Explode       bool
	AllowReserved bool
	// Secret tells that the value is sensitive, or may hold anywhere what is: all of
	// it is kept out of URLs that are shown.
	Secret bool
	// Content is the media type of a content-typed parameter ("application/json").
	Content string
}

// Codec is how a media type is read and written.
type Codec string

// The codecs.
const (
	CodecJSON        Codec = "json"
	CodecForm        Codec = "form"
	CodecMultipart   Codec = "multipart"
	CodecText        Codec = "text"
	CodecBinary      Codec = "binary"
	CodecXML         Codec = "xml"
	CodecEventStream Codec = "event-stream"
	CodecJSONLines   Codec = "json-lines"
)

// IsMediaRange reports whether a media type stands for several, such as image/*.
func IsMediaRange(mediaType string) bool { return strings.Contains(mediaType, "*") }

// Body is a request body in one media type.
type Body struct {
	// FieldName is "Body" for the first, "BodyXML" and the like for others.
	FieldName string
	// MediaType is what Content-Type says. That of bytes may be a range.
	MediaType string
	// Also are media types that the server takes the same data in.
	Also     []string
	Codec    Codec
	Type     Type
	Required bool
	Nullable bool
	Doc      string
	Pos      diag.Pos
	// Root is the name of the root element of XML, after its namespace and a
	// space if it has one; Item is that of the elements of a list.
	Root, Item string
	// Encodings override how single properties of a form are written.
	Encodings  []*Encoding
	Constraint *Constraint
	// Schema is what the body has to meet beyond its type and constraint; nil
	// where the type has that itself.
	Schema *NamedSchema
}

// Encoding is the form or multipart encoding of one property.
type Encoding struct {
	Property string
	// ContentType is the one media type that a part has; empty for the usual.
	ContentType string
	// Style is empty where the document names neither style, explode nor
	// allowReserved.
	Style                  string
	Explode, AllowReserved bool
}

// Result is what a method returns beside the error.
type Result struct {
	// Type is nil when no success response has content: the method then
	// returns the *Response itself (status and headers).
	Type Type
	// Cases are the success responses. With several types, Type is an
	// envelope struct and each case has the field it fills.
	Cases []*Response
	// Unwrap is the envelope property that the method returns (x-go-result);
	// nil when it returns the whole body. Type is the envelope then.
	Unwrap *Field
	// Redirects says that the document has no success but a redirect, which is
	// then the result.
	Redirects bool
}

// Nullable reports whether what the method returns may be null.
func (r Result) Nullable() bool {
	return slices.ContainsFunc(r.Cases, func(c *Response) bool { return c.Nullable })
}

// Response is a success response in one media type.
type Response struct {
	// Statuses are three-digit codes, ranges such as "2XX", or "default".
	Statuses  []string
	MediaType string
	// Also are media types that the same method takes as well.
	Also  []string
	Codec Codec
	// Root is the name of the root element of XML, after its namespace and a space
	// if it has one; empty where the document has none.
	Root string
	// Type is nil for a response without content.
	Type Type
	// Nullable says that the content may be null.
	Nullable bool
	// Field is the field of the result's envelope struct that it fills.
	Field *Field
	Doc   string
	// Terminator is the data that ends an event stream (x-go-sse-terminator).
	Terminator string
	// Events is what the items of an event stream stand for.
	Events     EventForm
	Constraint *Constraint
	// Schema is what the content has to meet beyond its type and constraint;
	// nil where the type has that itself.
	Schema *NamedSchema
}

// EventForm is what the items of an event stream stand for: the data, as JSON
// or as text, or events with their fields, whose data is one or the other, or
// either.
type EventForm string

// The forms of events.
const (
	EventData       EventForm = ""
	EventWithJSON   EventForm = "json"
	EventWithText   EventForm = "text"
	EventWithEither EventForm = "either"
)

// ErrorCase is a group of documented error responses with one type.
type ErrorCase struct {
	Statuses   []string
	MediaType  string
	Codec      Codec
	Type       Type
	Doc        string
	Constraint *Constraint
}

// SchemeKind is the kind of a security scheme.
type SchemeKind string

// The kinds of security schemes.
const (
	APIKeyHeader SchemeKind = "apikey-header"
	APIKeyQuery  SchemeKind = "apikey-query"
	APIKeyCookie SchemeKind = "apikey-cookie"
	Basic        SchemeKind = "basic"
	Bearer       SchemeKind = "bearer"
	OAuth2       SchemeKind = "oauth2"
	MutualTLS    SchemeKind = "mutual-tls"
)

// SecurityScheme is a way to authenticate; it becomes a client option.
type SecurityScheme struct {
	// ID is the key in the document.
	ID string
	// OptionName is the client option ("WithAPIKeyAuth"), ConstName the
	// unexported identifier of its index.
	OptionName, ConstName string
	Kind                  SchemeKind
	// Name is the header, query parameter or cookie of an API key; for other
	// HTTP authentication schemes, the scheme's name.
	Name string
	// Env are the environment variables with the default credential
	// (x-go-env): one, or user name and password for basic.
	Env []string
	// Flows are the OAuth 2 flows by which access tokens are had.
	Flows []*Flow
	// ClientOption is the client option for the client credentials flow
	// ("WithOAuthClientCredentials"); empty when there is no such flow.
	ClientOption string
	Doc          string
	Pos          diag.Pos
}

// FlowKind is a kind of OAuth 2 flow, as in the document.
type FlowKind string

// The kinds of OAuth 2 flows.
const (
	FlowClientCredentials FlowKind = "clientCredentials"
	FlowAuthorizationCode FlowKind = "authorizationCode"
	FlowPassword          FlowKind = "password"
	FlowImplicit          FlowKind = "implicit"
)

// Flow is a way to get an access token.
type Flow struct {
	Kind FlowKind
	// AuthorizationURL and TokenURL are the addresses of the flow; empty where
	// it has none.
	AuthorizationURL, TokenURL string
	// Scopes are the names of the scopes that exist.
	Scopes []string
}

// Server is a base URL, possibly with variables.
type Server struct {
	// GoName is the exported constant or constructor; unique in the package.
	GoName string
	// URL is the template as written ("https://api.{site}").
	URL       string
	Doc       string
	Variables []*ServerVariable
	Pos       diag.Pos
}

// ServerVariable is a variable of a server URL; it becomes a client option.
type ServerVariable struct {
	// Name is the word in braces.
	Name string
	// OptionName is the client option ("WithSite").
	OptionName string
	// Enum is the type of a variable with listed values; nil for any string.
	Enum    *Enum
	Default string
	// Own is set where the default is not that of the option: it holds for this
	// server, as does what is listed there, Values.
	Own    bool
	Values []string
	// Env is the environment variable with the default (x-go-env).
	Env string
	Doc string
}

// Webhook is a request that the API sends to its client.
type Webhook struct {
	// GoName is the name of the parse function ("ParseOrderCreated").
	GoName string
	ID     string
	Method string
	Doc    string
	// Deprecated is the reason, empty if it is not.
	Deprecated string
	Pos        diag.Pos
	Body       *Body
	// Answers are the types of what the receiver answers with.
	Answers []Type
}

// PageStyle is a way to ask for the next page.
type PageStyle string

// The styles of pagination.
const (
	PageNumber PageStyle = "page"   // a page number counted up
	PageOffset PageStyle = "offset" // an offset counted up by the items received
	PageCursor PageStyle = "cursor" // a token from the last response
	PageURL    PageStyle = "url"    // a URL in the last response
	PageLink   PageStyle = "link"   // a Link header (RFC 8288)
)

// Pagination tells how an operation's pages are walked.
type Pagination struct {
	Style PageStyle
	// Param is the parameter that selects the page: number, offset or cursor.
	Param *Param
	// Body is the path of properties from the request body to the one that
	// selects the page, where that is not a parameter.
	Body []*Field
	// Size is the parameter with the page size; nil when there is none.
	Size *Param
	// Items is the path of fields from the result to the list of items;
	// empty when the result is the list.
	Items []*Field
	// Item is the element of that list.
	Item Elem
	// Found tells that the document does not name that list, which is the only
	// one of the result, or was when it was found.
	Found bool
	// Next is the path to the cursor or URL of the next page; where that is in
	// a header, NextHeader is its name, and where it is a property of the last
	// item, Last is the path to it from there.
	Next       []*Field
	NextHeader string
	Last       []*Field
	// TotalPages, TotalCount and More are paths to what ends the walk early;
	// empty when the document has none: an empty page ends it then.
	TotalPages, TotalCount, More []*Field
	// First is the number of the first page (style page): 0 or 1.
	First int64
}
