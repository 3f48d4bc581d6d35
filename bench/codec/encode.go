package main

import (
	"github.com/seed-a7989e22/apigen/bench/clients/apigen/issues"
	"github.com/seed-a7989e22/apigen/bench/internal/measure"
	"github.com/seed-a7989e22/apigen/bench/internal/report"
)

func encode(turns int) ([]report.Row, error) {
	_, decoded, err := issuesCase()
	if err != nil {
		return nil, err
	}
	var sides []measure.Side
	for _, c := range codecs() {
		list := decoded[c.name]
		sides = append(sides, measure.Side{Name: c.name, Run: func() { must(c.encode(list)) }})
	}
	r := measure.Alternate(turns, sides...)
	row := func(against string, bar *report.Bar) report.Row {
		return report.Row{
			Stage: "encode", Work: "100 issues", Against: against, Measure: report.Speed,
			Ratio: measure.Over(r[against].Times, r[own].Times), Bar: bar,
		}
	}
	return []report.Row{
		row(peer, report.AtLeast(1.5)),
		{
			Stage: "encode", Work: "100 issues", Against: "the faster of sonic and goccy", Measure: report.Speed,
			Ratio: measure.Over(measure.Least(r[fast].Times, r[goccy].Times), r[own].Times), Bar: report.AtLeast(1.2),
		},
		row(fast, nil), row(goccy, nil), row(std, nil),
		{
			Stage: "encode", Work: "100 issues", Against: "one allocation", Measure: report.Count,
			Ratio: measure.Exact(float64(int(r[own].Allocs + 0.5))), Bar: report.AtMost(1),
		},
	}, nil
}

func validate(turns int) ([]report.Row, error) {
	data, decoded, err := issuesCase()
	if err != nil {
		return nil, err
	}
	list := *decoded[own].(*[]issues.Issue)
	check := func() {
		for i := range list {
			if err := list[i].Validate(); err != nil {
				panic(err)
			}
		}
	}
	r := measure.Alternate(turns,
		measure.Side{Name: "validate", Run: check},
		measure.Side{Name: "decode", Run: func() { must(issues.DecodeIssues(data)) }})
	return []report.Row{{
		Stage: "validate", Work: "100 issues", Against: "decoding them", Measure: report.Time,
		Ratio: measure.Over(r["validate"].Times, r["decode"].Times), Bar: report.AtMost(0.1),
	}}, nil
}
