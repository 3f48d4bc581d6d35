package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"

	"github.com/seed-a7989e22/apigen/bench/internal/measure"
	"github.com/seed-a7989e22/apigen/bench/internal/report"
)

// caller is a way to make a call; the result is what the check compares.
type caller struct {
	name string
	call func() (any, error)
	// plain makes something of the result that encodes all of it; nil where the
	// result itself does.
	plain func(result any) any
}

// operation is a call that several clients make.
type operation struct {
	name     string
	response []byte
	wanted   wanted
	callers  func(t *transport) ([]caller, error)
}

func call(turns int) ([]report.Row, error) {
	operations := []func() (operation, error){updateCloudflareAccount, updateKeys}
	var rows []report.Row
	for _, o := range operations {
		op, err := o()
		if err != nil {
			return nil, err
		}
		measured, err := op.measure(turns)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", op.name, err)
		}
		rows = append(rows, measured...)
	}
	return rows, nil
}

func (op operation) measure(turns int) ([]report.Row, error) {
	t := newTransport(op.response)
	callers, err := op.callers(t)
	if err != nil {
		return nil, err
	}
	var sides []measure.Side
	for _, c := range callers {
		if err := op.wanted.check(t, c); err != nil {
			return nil, fmt.Errorf("%s: %w", c.name, err)
		}
		sides = append(sides, measure.Side{Name: c.name, Run: func() { must(c.call()) }})
	}
	client := &http.Client{Transport: t}
	sides = append(sides, measure.Side{Name: alone, Run: func() { must(op.aloneCall(client)) }})
	r := measure.Alternate(turns, sides...)
	rows := []report.Row{
		{Stage: "call", Work: op.name, Against: alone, Measure: report.Time, Ratio: measure.Over(r[own].Times, r[alone].Times)},
		allocations("call", op.name, r, alone, nil),
	}
	for _, c := range callers {
		if c.name == own {
			continue
		}
		rows = append(rows, report.Row{
			Stage: "call", Work: op.name, Against: c.name, Measure: report.Time,
			Ratio: measure.Over(r[own].Times, r[c.name].Times), Bar: report.AtMost(0.5),
		}, allocations("call", op.name, r, c.name, report.AtMost(0.5)))
	}
	return rows, nil
}

// alone names the side that makes the same call by net/http alone.
const alone = "net/http alone"

// aloneCall sends the content that is wanted, which is there already, and
// reads the response, which it leaves as it is.
func (op operation) aloneCall(client *http.Client) ([]byte, error) {
	req, err := http.NewRequestWithContext(context.Background(), op.wanted.method, op.wanted.url, bytes.NewReader(op.wanted.content))
	if err != nil {
		return nil, err
	}
	for name, values := range op.wanted.header {
		req.Header[name] = values
	}
	resp, err := client.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}
