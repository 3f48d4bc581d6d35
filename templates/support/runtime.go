package support

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
)

// core is what the services of a client share. Functions keep out of programs what these do not use.
type core struct {
	connect           func() error // completes the core, or says what is wrong with the options
	roundTrip         func(*http.Request) (*http.Response, error)
	tune              func(http.RoundTripper) (http.RoundTripper, error)
	middleware        []func(http.RoundTripper) http.RoundTripper
	address           string            // of the server: the document's, or that of WithBaseURL
	overridden        bool              // WithBaseURL was used
	server            *url.URL          // parsed; RawPath is its path, without a slash at the end
	variables, said   map[string]string // of server addresses, and what options and the environment say
	credentials       []*credential
	authorize         func(*request)      // adds credentials, where the document has security schemes
	inspect           func(*checker, any) // looks for violations, where its types have limits
	userAgent         string
	log               func(ctx context.Context, text string, args ...any)
	headers           [][2]string
	retry             RetryPolicy
	timeout           time.Duration
	limit             int64 // of a response body
	strict, anonymous bool
	outputs           []*Response
}

// newCore applies the options of a client. Defaults from the environment follow, then connect.
func newCore(address, userAgent string, opts []Option) *core {
	c := &core{address: address, userAgent: userAgent, variables: map[string]string{}, retry: RetryPolicy{Max: 2}, limit: 64 << 20}
	c.connect, c.authorize, c.inspect = func() error { return c.use(http.DefaultClient) }, func(*request) {}, func(*checker, any) {}
	for _, o := range opts {
		o.applyClient(c)
	}
	return c
}

// locate parses the address of the server.
func (c *core) locate() error {
	u, err := url.Parse(c.address)
	switch {
	case err != nil:
		return errors.New("the server URL cannot be parsed")
	case u.Scheme != "http" && u.Scheme != "https", u.Host == "", u.RawQuery != "", u.Fragment != "":
		return fmt.Errorf("server URL %q is no absolute http(s) URL without query: use WithBaseURL", u.Redacted())
	}
	c.server, u.RawPath = u, strings.TrimRight(u.EscapedPath(), "/")
	return nil
}

// Operation says which operation of the document a request belongs to.
type Operation struct {
	ID           string // the operationId
	Service      string // the fields that lead from the client to the method
	Method, Path string // the path is a template
}

// operation is how an operation is called, as static data: what no program calls is not linked.
type operation struct {
	Operation
	accept    string
	empty     interface{ emptyAt(status int32) bool } // nil without statuses that have no content, beside 204 and 205
	redirects bool                                    // the documented response is a redirect, which is not followed
	security  []requirement
	errors    interface{ typed(*ResponseError) error } // nil without documented errors
}

// scheme is a way to authenticate.
type scheme struct {
	option string   // the client option that sets the credential
	env    []string // the environment variables that do so by default
	name   string   // of the header, query parameter or cookie; or what begins an Authorization
	apply  func(*request, *credential)
}

// requirement is a set of schemes that apply together.
type requirement []*scheme

// credential is what a scheme sends.
type credential struct {
	*scheme
	key, password, bearer string                         // the key is the user name for basic authentication; bearer has its kind before it
	token                 func(*request) (string, error) // makes the Authorization header
	rank                  int                            // 3 set by an option, 2 by the environment, 0 missing
}

// OperationFromContext tells middleware the operation of a request, by the context of the request.
func OperationFromContext(ctx context.Context) (op Operation, ok bool) {
	if r, ok := ctx.Value((*request)(nil)).(*request); ok {
		return r.op.Operation, true
	}
	return op, false
}

// Response is what an HTTP response says beside its content.
type Response struct {
	StatusCode int
	Header     http.Header
	Body       []byte // of a success that has no content in the document
}

// request is a call in one allocation: the HTTP request, what is wrong with its inputs, the response.
type request struct {
	*core
	context.Context // of the caller
	op              *operation
	query           pairs
	url             url.URL                  // RawPath is the path, empty while it is that of the template
	http            http.Request             // of the first attempt
	body            bytes.Reader             // of that
	values          [5][1]string             // the first of its header
	secrets         *[]string                // to be hidden, unescaped; nil without any
	redact          func(text string) string // does so
	check           checker
	err             error
	stream          bool  // a success response is left to the caller to read
	used            uint8 // how many of values
	status          int32 // of the response, 0 without one
	resp            *http.Response
	data            []byte
}

// Value implements context.Context: the request is the context of its attempts.
func (r *request) Value(key any) any {
	if key == any((*request)(nil)) {
		return r
	}
	return r.Context.Value(key)
}

// newRequest starts a call.
func (c *core) newRequest(ctx context.Context, op *operation, opts []RequestOption) *request {
	r := &request{core: c, Context: ctx, op: op, redact: func(text string) string { return text }}
	r.http = *new(http.Request).WithContext(r)
	r.http.Method, r.http.URL, r.http.Header, r.http.Proto, r.http.ProtoMajor, r.http.ProtoMinor = op.Method, &r.url, http.Header{}, "HTTP/1.1", 1, 1
	if len(opts) > 0 {
		own := *c // other calls keep theirs
		for _, o := range opts {
			o.applyRequest(&own)
		}
		if r.core = &own; own.address != c.address {
			r.fail(own.locate())
		}
	}
	r.set("Accept", op.accept)
	r.set("User-Agent", r.userAgent)
	return r
}

// fail keeps the first error of a call.
func (r *request) fail(err error) {
	if r.err == nil && err != nil {
		r.err = fmt.Errorf("%s: %w", r.op.ID, err)
	}
}

// set sets a header, unless it is empty; key is in canonical form.
func (r *request) set(key, value string) {
	odd, i := uint64(0), 0
	for ; i+8 <= len(value); i += 8 {
		x := binary.LittleEndian.Uint64([]byte(value[i : i+8]))
		odd |= (x - ones*' ') &^ x
	}
	for ; i < len(value); i++ {
		odd |= (uint64(value[i]) - ' ') &^ uint64(value[i])
	}
	switch {
	case value == "":
	case odd&tops != 0 && strings.ContainsAny(value, "\n\r\x00"):
		r.fail(fmt.Errorf("header %s contains a line break", key))
	case int(r.used) == len(r.values):
		r.http.Header[key] = []string{value}
	default:
		r.values[r.used][0] = value
		r.http.Header[key], r.used = r.values[r.used][:], r.used+1
	}
}

// variable writes the next variable of the path template.
func (r *request) variable(name, value string) { r.segment(name, escaped(value, "")) }

// segment is variable for escaped text. What would lead to another path is refused.
func (r *request) segment(name, text string) {
	switch {
	case text == "", text[0] == ';' && text[1:] == name+"=": // nothing, in style matrix as well
		at := "path/" + name
		if !slices.ContainsFunc(r.check.list, func(v Violation) bool { return v.Pointer == at }) {
			r.check.add(at, "required", "")
		}
	case text == ".", text == "..":
		r.check.add("path/"+name, "not", `"." or "..", which lead to another path`)
	}
	root, path := "", r.url.RawPath
	if path == "" {
		root, path = r.server.RawPath, r.op.Path
	}
	begin, end := strings.IndexByte(path, '{'), strings.IndexByte(path, '}')
	r.url.RawPath = root + path[:max(begin, 0)] + text + path[end+1:]
}

// pairs is a query or form in the making: name=value&name=value, escaped.
type pairs struct {
	text []byte
	keep int // how many of the reserved characters stay as they are in values: none or all
}

// reserved are the reserved characters that do not end a value; documents may allow them.
const reserved = "!$'()*,/:=?@[]"

func (p *pairs) begin() {
	if len(p.text) > 0 {
		p.text = append(p.text, '&')
	}
}

func (p *pairs) name(name string) {
	p.begin()
	p.text = append(appendEscaped(p.text, name, ""), '=')
}

func (p *pairs) add(name, value string) {
	p.name(name)
	p.text = appendEscaped(p.text, value, reserved[:p.keep])
}

// appendEscaped appends s, escaping all but letters, digits, "-._~" and the characters to keep.
func appendEscaped(b []byte, s, keep string) []byte {
	for i := 0; i < len(s); i++ {
		if c := s[i]; unreserved(c) || strings.IndexByte(keep, c) >= 0 {
			b = append(b, c)
		} else {
			b = append(b, '%', "0123456789ABCDEF"[c>>4], "0123456789ABCDEF"[c&15])
		}
	}
	return b
}

func unreserved(c byte) bool {
	return c-'0' < 10 || c|' '-'a' < 26 || c == '-' || c == '.' || c == '_' || c == '~'
}

// alphanumeric reports whether all bytes of a word are ASCII letters or digits.
func alphanumeric(x uint64) bool {
	letters, digits := x|ones*' ', x
	letters = (letters + ones*(0x80-'a')) &^ (letters + ones*(0x7f-'z'))
	digits = (digits + ones*(0x80-'0')) &^ (digits + ones*(0x7f-'9'))
	return (letters|digits)&^x&tops == tops
}

// escaped is s, escaped as by appendEscaped.
func escaped(s, keep string) string {
	i := 0
	for i+8 <= len(s) && alphanumeric(binary.LittleEndian.Uint64([]byte(s[i:i+8]))) {
		i += 8
	}
	for ; i < len(s); i++ {
		if !unreserved(s[i]) {
			return string(appendEscaped(make([]byte, 0, 64), s, keep))
		}
	}
	return s
}

// content sets the content of the request. The readers are of a kind that net/http knows to be in
// memory: it sends them in one piece with the header.
func (r *request) content(mediaType string, data []byte) {
	r.set("Content-Type", mediaType)
	if r.http.ContentLength = int64(len(data)); len(data) > 0 {
		r.body.Reset(data)
		r.http.Body, r.http.GetBody = io.NopCloser(&r.body), func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil }
	}
}

// build completes the HTTP request, or says why it cannot be sent.
func (r *request) build() error {
	if err := r.check.err(); err != nil {
		return err
	}
	r.authorize(r)
	u, path := &r.url, r.url.RawPath
	if path == "" {
		path = r.server.RawPath + r.op.Path
	}
	for _, h := range r.headers {
		r.http.Header[h[0]] = []string{h[1]}
	}
	u.Scheme, u.User, u.Host = r.server.Scheme, r.server.User, r.server.Host
	u.Path, u.RawPath, u.RawQuery, r.http.Host = path, "", string(r.query.text), u.Host
	for _, host := range r.http.Header["Host"] {
		r.http.Host = host
	}
	if slices.ContainsFunc([]byte{'%', '!', '\'', '(', ')', '*', '[', ']'}, func(c byte) bool { return strings.IndexByte(path, c) >= 0 }) { // package url would escape these, as it does without RawPath
		if plain, err := url.PathUnescape(path); err == nil {
			u.Path, u.RawPath = plain, path
		}
	}
	return r.err
}

// do sends the request, again as r.retry allows: a success is r.resp, and r.data unless r.stream.
func (r *request) do() error {
	req, err := &r.http, r.build()
	for attempt := 1; err == nil; attempt++ {
		transient, failure := r.attempt(req)
		if r.log != nil {
			r.log(r.Context, "API call", "operation", r.op.ID, "method", req.Method, "url", r.show(req.URL),
				"attempt", attempt, "status", r.status, "failed", failure != nil)
		}
		if failure == nil || !transient || attempt > r.retry.Max {
			return failure
		}
		err = r.wait(attempt, failure)
		req = req.WithContext(req.Context()) // the transport may still look at the last one
		if err == nil && req.GetBody != nil {
			req.Body, err = req.GetBody()
		}
	}
	return err
}

// attempt sends the request once. A failure is transient when another attempt is safe and may succeed.
func (r *request) attempt(req *http.Request) (transient bool, err error) {
	if r.timeout > 0 && !r.stream {
		ctx, cancel := context.WithTimeout(req.Context(), r.timeout)
		defer cancel()
		req = req.WithContext(ctx)
	}
	r.resp, r.status, r.data = nil, 0, nil
	resp, err := r.roundTrip(req)
	if err != nil {
		return resp == nil && r.repeatable(req, 0), r.broken(req, err)
	}
	r.resp, r.status = resp, int32(resp.StatusCode)
	for _, out := range r.outputs {
		out.StatusCode, out.Header = resp.StatusCode, resp.Header
	}
	if r.status/100 != 2 && (r.status/100 != 3 || !r.op.redirects) {
		r.data, err = readBody(resp, min(r.limit, 1<<20))
		return r.repeatable(req, resp.StatusCode), r.failure(req, err)
	}
	if !r.stream {
		if r.data, err = readBody(resp, r.limit); err != nil {
			return r.repeatable(req, 0) && err != error(BodyLimitError(r.limit)), r.broken(req, err)
		}
	}
	return false, nil
}

// broken is the error of an attempt without a complete response.
func (r *request) broken(req *http.Request, err error) error {
	if u, ok := err.(*url.Error); ok {
		err = u.Err // without the URL
	}
	if text := shortened(r.redact(err.Error())); text != err.Error() { // it quotes the response
		err = errors.New(text)
	}
	if ended := r.Context.Err(); ended != nil && !errors.Is(err, ended) {
		err = fmt.Errorf("%w: %w", ended, err)
	}
	return fmt.Errorf("%s: %s %s: %w", r.op.ID, req.Method, r.show(req.URL), err)
}

// show formats a URL without credentials and secrets.
func (r *request) show(u *url.URL) string {
	plain := *u
	plain.User = nil
	return r.redact(plain.String())
}

// doJSON sends the request and decodes the JSON of a success response into v, a pointer: the
// compiler makes one function for all of those. Without content v stays as it is.
func doJSON[P any](r *request, v P) (out P, err error) {
	if err = r.do(); err != nil || r.decode(v) != nil {
		return out, cmp.Or(err, r.err)
	}
	return v, nil
}

// doInto is doJSON for results that are not pointers. In strict mode they have to pass the checks.
func doInto(r *request, v any, check ...func(*checker)) error {
	if err := r.do(); err != nil {
		return err
	}
	return r.decode(v, check...)
}

// decode decodes the JSON of a success response into what v points to and, if strict, checks it.
func (r *request) decode(v any, check ...func(*checker)) error {
	if len(r.data) > 0 && (r.strict || r.data[0] != '{' && r.data[0] != '[') && !strings.Contains(r.op.accept, "*") { // or it shows
		r.fail(wantJSON(r.resp.Header, r.data))
	}
	d := decoders.Get().(*decoder)
	switch d.data = bytes.TrimPrefix(r.data, []byte("\ufeff")); { // what some servers begin with
	case r.err != nil, len(r.data) == 0 && r.mayBeEmpty():
	case r.strict:
		r.fail(decodeStrictly(d, v, r.inspect, check...))
	default:
		r.fail(d.decode(v))
	}
	*d = decoder{plan: d.plan}
	decoders.Put(d)
	return r.err
}

func (r *request) mayBeEmpty() bool {
	return !r.strict || r.status == 204 || r.status == 205 || r.op.empty != nil && r.op.empty.emptyAt(r.status)
}

// decoders keeps decoders for reuse, empty.
var decoders = sync.Pool{New: func() any { return new(decoder) }}

// wantJSON reports content that the header says is something else than JSON.
func wantJSON(header http.Header, body []byte) error {
	t, _, _ := strings.Cut(strings.ToLower(header.Get("Content-Type")), ";")
	if t = strings.TrimSpace(t); t == "" || t == "application/json" || t == "text/json" || strings.HasSuffix(t, "+json") {
		return nil
	}
	return &DecodeError{Body: body, Err: fmt.Errorf("the response is %.100q", t)}
}

// jsonBody sends what v points to as JSON.
func jsonBody(r *request, mediaType string, v any) {
	data, err := encodeJSON(func(e *encoder) { e.value(v) }, true)
	r.fail(err)
	r.content(mediaType, data)
}
