package support

import (
	"bufio"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// events iterates over the JSON of the server-sent events of an operation.
// The request is sent when the iteration begins. The data done, if not empty,
// ends it. Events with empty data only keep the connection open.
func events[T any](start func() *request, done string, check ...func(*checker, T)) iter.Seq2[T, error] {
	return eventsOf(start, done, true, decodeText(check))
}

// textEvents is events for data that is text.
func textEvents[T ~string](start func() *request, done string, check ...func(*checker, T)) iter.Seq2[T, error] {
	return eventsOf(start, done, false, func(r *request, v *T, text string) error {
		c := &checker{lenient: true}
		if *v = T(text); r.strict {
			for _, f := range check {
				f(c, *v)
			}
		}
		return c.err()
	})
}

// mixedEvents is events for data that may be JSON or text: what is not JSON is text.
func mixedEvents[T any](start func() *request, done string, check ...func(*checker, T)) iter.Seq2[T, error] {
	read := decodeText(check)
	return eventsOf(start, done, true, func(r *request, v *T, text string) error {
		if !json.Valid([]byte(text)) {
			text = quoted(text)
		}
		return read(r, v, text)
	})
}

// wholeEvents is events for items with the fields of events: event, id, retry
// and data, which is text or JSON.
func wholeEvents[T any](start func() *request, done string, json bool, check ...func(*checker, T)) iter.Seq2[T, error] {
	read := decodeText(check)
	return streamed(start, "text/event-stream", func(r *request, v *T, f eventFields) error {
		return read(r, v, f.text(json))
	}, fieldsUntil(done))
}

// eitherEvents is wholeEvents for data that is text in some events and JSON in
// others. It is tried as what it looks like, and then as the other.
func eitherEvents[T any](start func() *request, done string, check ...func(*checker, T)) iter.Seq2[T, error] {
	read := decodeText(check)
	return streamed(start, "text/event-stream", func(r *request, v *T, f eventFields) error {
		data := f["data"]
		valid := data == "" || json.Valid([]byte(data))
		first := valid && data != "" && !strings.ContainsAny(data[:1], `"n`) // text may be in quotes, or null
		err := read(r, v, f.text(first))
		if err != nil && valid {
			var other T
			if read(r, &other, f.text(!first)) == nil {
				*v, err = other, nil
			}
		}
		return err
	}, fieldsUntil(done))
}

// fieldsUntil reads events with their fields until the data of one is done.
func fieldsUntil(done string) func(*lineReader) (eventFields, error) {
	return func(in *lineReader) (eventFields, error) {
		fields := eventFields{}
		in.other = fields.add
		data, err := in.event()
		if err != nil || done != "" && data == done {
			return nil, cmp.Or(err, io.EOF)
		}
		fields["data"] = data
		return fields, nil
	}
}

// eventFields are the fields of an event, as JSON but for the data.
type eventFields map[string]string

// add adds a field other than data from its line, unless the HTML standard says that it does not count.
// An event without data is none.
func (f eventFields) add(line string) {
	name, value, _ := strings.Cut(line, ":")
	value = strings.TrimPrefix(value, " ")
	switch {
	case line == "":
		delete(f, "event")
	case name == "event", name == "id" && !strings.Contains(value, "\x00"):
		f[name] = quoted(value)
	case name == "retry":
		if n, err := strconv.ParseUint(value, 10, 63); err == nil {
			f[name] = strconv.FormatUint(n, 10)
		}
	}
}

// text is the event as a JSON object, with data that is JSON or else text.
func (f eventFields) text(asJSON bool) string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(f)) {
		value := f[name]
		switch {
		case name == "data" && asJSON:
			value = cmp.Or(value, "null")
		case name == "data":
			value = quoted(value)
		}
		b.WriteString(`,"` + name + `":` + value)
	}
	return "{" + b.String()[1:] + "}"
}

// quoted is text as JSON.
func quoted(text string) string {
	data, _ := encodeJSON(func(e *encoder) { e.quoted(strings.ToValidUTF8(text, "\uFFFD")) }, true)
	return string(data)
}

// eventsOf iterates over what read makes of the data of events, but for
// those whose data is empty where it has to be filled.
func eventsOf[T any](start func() *request, done string, filled bool, read func(*request, *T, string) error) iter.Seq2[T, error] {
	return streamed(start, "text/event-stream", read, func(in *lineReader) (string, error) {
		data, err := in.event()
		for filled && data == "" && err == nil {
			data, err = in.event()
		}
		if done != "" && data == done {
			return "", io.EOF
		}
		return data, err
	})
}

// jsonLines iterates over the values of a response that has one on each line,
// or each after a mark, as RFC 7464 has it.
func jsonLines[T any](start func() *request, check ...func(*checker, T)) iter.Seq2[T, error] {
	return streamed(start, "json", decodeText(check), func(in *lineReader) (string, error) {
		for {
			text, err := in.value()
			if text = strings.Trim(text, " \t\x1e\ufeff"); text != "" || err != nil {
				return text, err
			}
		}
	})
}

// jsonLinesBody sends the items of a list, each on a line; those of a sequence
// as RFC 7464 has it begin with a mark.
func jsonLinesBody[T any](r *request, mediaType string, list []T) {
	var all []byte
	begin := ""
	if strings.HasSuffix(mediaType, "-seq") {
		begin = string(itemMark)
	}
	for i := range list {
		data, err := encodeJSON(func(e *encoder) { e.value(&list[i]) }, true)
		r.fail(err)
		all = append(append(append(all, begin...), data...), '\n')
	}
	r.content(mediaType, all)
}

// streamed decodes the items that next finds in the response.
func streamed[T, I any](start func() *request, mediaType string, read func(*request, *T, I) error, next func(*lineReader) (I, error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		r := start()
		r.stream = true
		if err := r.do(); err != nil {
			yield(none, err)
			return
		}
		defer r.resp.Body.Close()
		if r.resp.StatusCode == http.StatusNoContent {
			return // whatever it says that it is
		}
		in := &lineReader{in: bufio.NewReader(r.resp.Body), limit: r.limit}
		if err := r.wantStream(in, mediaType); err != nil {
			yield(none, err)
			return
		}
		for {
			item, err := next(in)
			if errors.Is(err, io.EOF) {
				return
			}
			var v T
			if err == nil {
				err = read(r, &v, item)
			}
			if err != nil {
				yield(none, fmt.Errorf("%s: %w", r.op.ID, err))
				return
			}
			if !yield(v, nil) {
				return
			}
		}
	}
}

// wantStream reports content that the header says is something else than what
// the stream has. Objects are lines of JSON whatever they are called.
func (r *request) wantStream(in *lineReader, mediaType string) error {
	t := r.resp.Header.Get("Content-Type")
	if t == "" || strings.Contains(strings.ToLower(t), mediaType) {
		return nil
	}
	if c, _ := in.in.Peek(1); mediaType == "json" && !r.strict && string(c) == "{" {
		return nil
	}
	r.resp.Body = io.NopCloser(in.in)
	body, _ := readBody(r.resp, min(r.limit, 1<<20))
	return fmt.Errorf("%s: %w", r.op.ID, &DecodeError{Body: body, Err: fmt.Errorf("the response is %.100q", t)})
}

// decodeText returns what decodes the JSON of an item and, if strict, checks it.
func decodeText[T any](check []func(*checker, T)) func(*request, *T, string) error {
	return func(r *request, v *T, text string) error {
		d := &decoder{data: []byte(text)}
		if !r.strict {
			return d.decode(v)
		}
		return decodeStrictly(d, v, r.inspect, func(c *checker) {
			for _, f := range check {
				f(c, *v)
			}
		})
	}
}

// itemMark begins each value of a sequence as RFC 7464 has it.
const itemMark = '\x1e'

// lineReader reads lines that end in LF, CR or both. Nothing in them may be
// longer than the limit.
type lineReader struct {
	in       *bufio.Reader
	limit    int64
	lineFeed bool // belongs to the CR before it
	begun    bool
	other    func(line string) // gets the lines of events that are no data; may be nil
}

// line returns the next line; what comes after the last line ending is one
// unless it is empty.
func (l *lineReader) line() (string, error) {
	var b strings.Builder
	for {
		c, err := l.in.ReadByte()
		switch {
		case err == io.EOF && b.Len() > 0:
			return b.String(), nil
		case err != nil:
			return "", err
		case c == '\n' && l.lineFeed:
			l.lineFeed = false
			continue
		case c == '\n', c == '\r':
			l.lineFeed = c == '\r'
			return b.String(), nil
		case int64(b.Len()) >= l.limit:
			return "", BodyLimitError(l.limit)
		}
		l.lineFeed = false
		b.WriteByte(c)
	}
}

// value returns the next line or, if it begins with a mark, as many as its JSON goes on for.
func (l *lineReader) value() (string, error) {
	line, err := l.line()
	if err != nil || line == "" || line[0] != itemMark {
		return line, err
	}
	open := nesting(line)
	var text strings.Builder
	for text.WriteString(line); open > 0; text.WriteString("\n" + line) {
		if next, _ := l.in.Peek(1); len(next) > 0 && next[0] == itemMark {
			break // the value is cut short
		}
		switch line, err = l.line(); {
		case err == io.EOF:
			return text.String(), nil
		case err != nil:
			return "", err
		case int64(text.Len()+len(line)) > l.limit:
			return "", BodyLimitError(l.limit)
		}
		open += nesting(line)
	}
	return text.String(), nil
}

// nesting is how many objects and arrays a line of JSON begins and does not end.
func nesting(line string) (open int) {
	quoted := false
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{', c == '[':
			open++
		case c == '}', c == ']':
			open--
		}
	}
	return open
}

// event returns the data of the next event; one that is cut short by the end
// of the stream does not count.
func (l *lineReader) event() (string, error) {
	var data strings.Builder
	for some := false; ; {
		line, err := l.line()
		if err != nil {
			return "", err
		}
		if !l.begun {
			l.begun, line = true, strings.TrimPrefix(line, "\ufeff")
		}
		if line == "" && some {
			return strings.TrimSuffix(data.String(), "\n"), nil
		}
		name, value, _ := strings.Cut(line, ":")
		if name != "data" {
			if l.other != nil {
				l.other(line)
			}
			continue
		}
		if some = true; int64(data.Len()+len(value)) > l.limit {
			return "", BodyLimitError(l.limit)
		}
		data.WriteString(strings.TrimPrefix(value, " ") + "\n")
	}
}
