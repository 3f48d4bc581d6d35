//go:build goexperiment.jsonv2

// Command codecv2 measures decoding and encoding against encoding/json/v2. It
// needs a toolchain of its own, so to speak: GOEXPERIMENT=jsonv2.
package main

import (
	"encoding/json"
	jsonv2 "encoding/json/v2"
	"flag"
	"fmt"
	"os"

	"github.com/seed-a7989e22/apigen/bench/clients/apigen/issues"
	oapi "github.com/seed-a7989e22/apigen/bench/clients/oapi-codegen/issues"
	"github.com/seed-a7989e22/apigen/bench/internal/issuesdata"
	"github.com/seed-a7989e22/apigen/bench/internal/measure"
	"github.com/seed-a7989e22/apigen/bench/internal/report"
	"github.com/seed-a7989e22/apigen/bench/internal/same"
)

func main() {
	turns := flag.Int("turns", 25, "turns of each side")
	flag.Parse()
	rows, err := run(*turns)
	if err == nil {
		err = json.NewEncoder(os.Stdout).Encode(rows)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "codecv2:", err)
		os.Exit(1)
	}
}

func run(turns int) ([]report.Row, error) {
	data, err := issuesdata.List(100)
	if err != nil {
		return nil, err
	}
	own, err := issues.DecodeIssues(data)
	if err != nil {
		return nil, err
	}
	var std []oapi.Issue
	if err := jsonv2.Unmarshal(data, &std); err != nil {
		return nil, err
	}
	// The tags are made for version 1, where omitempty leaves out nil pointers
	// and not what they point to.
	legacy := json.OmitEmptyWithLegacySemantics(true)
	again, err := jsonv2.Marshal(std, legacy)
	if err != nil {
		return nil, err
	}
	if err := same.JSON(data, again); err != nil {
		return nil, err
	}
	check := func(err error) {
		if err != nil {
			panic(err)
		}
	}
	d := measure.Alternate(turns,
		measure.Side{Name: "own", Run: func() { _, err := issues.DecodeIssues(data); check(err) }},
		measure.Side{Name: "v2", Run: func() { var v []oapi.Issue; check(jsonv2.Unmarshal(data, &v)) }})
	e := measure.Alternate(turns,
		measure.Side{Name: "own", Run: func() { _, err := issues.EncodeIssues(own); check(err) }},
		measure.Side{Name: "v2", Run: func() { _, err := jsonv2.Marshal(std, legacy); check(err) }})
	row := func(stage string, r map[string]*measure.Samples) report.Row {
		return report.Row{
			Stage: stage, Work: "100 issues", Against: "encoding/json/v2", Measure: report.Speed,
			Ratio: measure.Over(r["v2"].Times, r["own"].Times),
		}
	}
	return []report.Row{row("decode", d), row("encode", e)}, nil
}
