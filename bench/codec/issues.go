package main

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/bytedance/sonic"
	"github.com/go-faster/jx"
	gojson "github.com/goccy/go-json"

	"github.com/seed-a7989e22/apigen/bench/clients/apigen/issues"
	oapi "github.com/seed-a7989e22/apigen/bench/clients/oapi-codegen/issues"
	ogen "github.com/seed-a7989e22/apigen/bench/clients/ogen/issues"
	"github.com/seed-a7989e22/apigen/bench/internal/issuesdata"
	"github.com/seed-a7989e22/apigen/bench/internal/same"
)

// The sides.
const (
	own   = "apigen"
	std   = "encoding/json"
	fast  = "sonic"
	goccy = "goccy/go-json"
	peer  = "ogen"
	bare  = "jx, tokens only"
)

// codec is a way to decode and encode the list of issues.
type codec struct {
	name   string
	decode func(data []byte) (any, error)
	encode func(list any) ([]byte, error)
}

func codecs() []codec {
	reflective := func(name string, unmarshal func([]byte, any) error, marshal func(any) ([]byte, error)) codec {
		return codec{
			name: name,
			decode: func(data []byte) (any, error) {
				var list []oapi.Issue
				err := unmarshal(data, &list)
				return list, err
			},
			encode: marshal,
		}
	}
	return []codec{
		{
			name:   own,
			decode: func(data []byte) (any, error) { return issues.DecodeIssues(data) },
			encode: func(list any) ([]byte, error) { return issues.EncodeIssues(list.(*[]issues.Issue)) },
		},
		{name: peer, decode: ogenDecode, encode: ogenEncode},
		reflective(std, json.Unmarshal, json.Marshal),
		reflective(fast, sonic.Unmarshal, sonic.Marshal),
		reflective(goccy, gojson.Unmarshal, gojson.Marshal),
	}
}

// ogenDecode reads a list as ogen's client does.
func ogenDecode(data []byte) (any, error) {
	d := jx.DecodeBytes(data)
	list := make([]ogen.Issue, 0)
	err := d.Arr(func(d *jx.Decoder) error {
		var issue ogen.Issue
		if err := issue.Decode(d); err != nil {
			return err
		}
		list = append(list, issue)
		return nil
	})
	if err != nil {
		return nil, err
	}
	if err := d.Skip(); err != io.EOF {
		return nil, fmt.Errorf("trailing data: %w", err)
	}
	return list, nil
}

// ogenEncode writes a list as ogen writes bodies, to a pooled buffer; like the
// others it returns a slice of its own.
func ogenEncode(v any) ([]byte, error) {
	list := v.([]ogen.Issue)
	e := jx.GetEncoder()
	defer jx.PutEncoder(e)
	e.ArrStart()
	for i := range list {
		list[i].Encode(e)
	}
	e.ArrEnd()
	return append([]byte(nil), e.Bytes()...), nil
}

// issuesCase is the data and what every codec decodes it to. It is an error
// when they do not decode to the same values or do not encode them as they
// came.
func issuesCase() (data []byte, decoded map[string]any, err error) {
	data, err = issuesdata.List(100)
	if err != nil {
		return nil, nil, err
	}
	decoded = map[string]any{}
	for _, c := range codecs() {
		list, err := c.decode(data)
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", c.name, err)
		}
		again, err := c.encode(list)
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", c.name, err)
		}
		if err := same.JSON(data, again); err != nil {
			return nil, nil, fmt.Errorf("%s: %w", c.name, err)
		}
		decoded[c.name] = list
	}
	return data, decoded, nil
}
