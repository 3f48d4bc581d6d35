package examples

import (
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"reflect"
	"slices"
	"strings"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// fileContent is what all files hold.
const fileContent = "file\r\n--content"

// setFiles sets the files of a multipart body, and returns the JSON of the rest.
func (o *caller) setFiles(body reflect.Value, st *ir.Struct, text []byte) []byte {
	v, _ := parse(text)
	object, _ := v.(map[string]any)
	if body.Kind() == reflect.Pointer {
		body.Set(reflect.New(body.Type().Elem()))
		body = body.Elem()
	}
	for _, f := range st.Fields {
		if !ir.IsFile(f.Type) || object[f.WireName] == nil {
			continue
		}
		delete(object, f.WireName)
		o.files = append(o.files, f.WireName)
		field := body.FieldByName(f.GoName)
		file := reflect.ValueOf(io.Reader(strings.NewReader(fileContent)))
		if field.Kind() == reflect.Slice {
			field.Set(reflect.Append(field, file))
		} else {
			field.Set(file)
		}
	}
	text, _ = json.Marshal(object)
	return text
}

// part is a part of a multipart body.
type part struct{ file, mediaType, text string }

// compareParts compares the parts that were sent with the JSON and the files
// that they were made of.
func (o *caller) compareParts() {
	_, params, err := mime.ParseMediaType(o.server.sent.Header.Get("Content-Type"))
	reader := multipart.NewReader(strings.NewReader(string(o.server.body)), params["boundary"])
	sent := map[string][]part{}
	for err == nil {
		var in *multipart.Part
		if in, err = reader.NextPart(); err == nil {
			text, _ := io.ReadAll(in)
			sent[in.FormName()] = append(sent[in.FormName()], part{in.FileName(), in.Header.Get("Content-Type"), string(text)})
		}
	}
	if err != io.EOF {
		o.found("the body is not multipart: %v: %s", err, o.server.body)
	}
	v, _ := parse(o.parts)
	object, _ := v.(map[string]any)
	for name, v := range object {
		want, isList := v.([]any)
		if !isList && v != nil {
			want = []any{v}
		}
		got := sent[name]
		if slices.ContainsFunc(o.op.Bodies[0].Encodings, func(e *ir.Encoding) bool { return e.Property == name && e.Style != "" }) {
			continue // there are many ways to write it
		}
		for i, item := range want {
			if len(got) != len(want) || !got[i].is(item) {
				o.found("other parts are sent for %s: %.300q: %s", name, got, o.parts)
				break
			}
		}
	}
	for _, name := range o.files {
		if got := sent[name]; len(got) != 1 || got[0].text != fileContent || got[0].file == "" || got[0].mediaType == "" {
			o.found("the file %s is sent otherwise: %.300q", name, got)
		}
	}
}

// is reports whether a part is a value: an object or list as JSON, or text.
func (p part) is(v any) bool {
	switch x := v.(type) {
	case map[string]any, []any:
		text, _ := json.Marshal(x)
		return !strings.Contains(p.mediaType, "json") || Difference(text, []byte(p.text)) == ""
	case string:
		return sameText(x, p.text) || sameBytes(x, p.text)
	}
	return sameText(fmt.Sprint(v), p.text)
}
