package support

import "io"

// successCase is one of several success responses of an operation.
type successCase struct {
	statuses string
	read     func(*request) error // nil when there is no content
}

// doCases sends the request and reads the response as the case says that its
// status belongs to. One that the document does not have means what the lowest
// that has content does, as HTTP says of 200.
func doCases(r *request, cases ...successCase) error {
	if err := r.do(); err != nil {
		return err
	}
	var best successCase
	rank := 0
	for _, c := range cases {
		n := statusRank(c.statuses, r.resp.StatusCode)
		if lower := best.read == nil || c.statuses < best.statuses; n > rank || n == 0 && rank == 0 && c.read != nil && lower {
			best, rank = c, n
		}
	}
	if best.read != nil {
		return best.read(r)
	}
	if r.stream {
		return r.resp.Body.Close()
	}
	return nil
}

// loaded reads the content of a response that might have been a stream.
func (r *request) loaded() (err error) {
	if r.stream {
		r.data, err = readBody(r.resp, r.limit)
	}
	return err
}

// caseJSON reads JSON into a field.
func caseJSON[T any](field *T, check ...func(*checker)) func(*request) error {
	return func(r *request) error {
		if err := r.loaded(); err != nil {
			return err
		}
		return r.decode(field, check...)
	}
}

// caseText reads text into a field.
func caseText[T ~string](field **T, check ...func(*checker)) func(*request) error {
	return func(r *request) error {
		if err := r.loaded(); err != nil {
			return err
		}
		text := T(r.data)
		*field = &text
		return r.holdText(check...)
	}
}

// caseScalar reads a scalar from plain text into a field.
func caseScalar(field any, check ...func(*checker)) func(*request) error {
	return func(r *request) error {
		if err := r.loaded(); err != nil {
			return err
		}
		return r.scalar(field, check...)
	}
}

// caseXML reads XML into a field.
func caseXML(root string, field any, check ...func(*checker)) func(*request) error {
	return func(r *request) error {
		if err := r.loaded(); err != nil {
			return err
		}
		return r.xml(root, field, check...)
	}
}

// caseBinary leaves the content to the caller, who closes it.
func caseBinary(field *io.ReadCloser) func(*request) error {
	return func(r *request) error {
		*field = r.resp.Body
		return nil
	}
}
