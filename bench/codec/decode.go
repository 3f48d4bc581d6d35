package main

import (
	"github.com/go-faster/jx"

	"github.com/seed-a7989e22/apigen/bench/internal/measure"
	"github.com/seed-a7989e22/apigen/bench/internal/report"
)

func decode(turns int) ([]report.Row, error) {
	data, _, err := issuesCase()
	if err != nil {
		return nil, err
	}
	sides := []measure.Side{{Name: bare, Run: func() {
		if err := walk(jx.DecodeBytes(data)); err != nil {
			panic(err)
		}
	}}}
	for _, c := range codecs() {
		sides = append(sides, measure.Side{Name: c.name, Run: func() { must(c.decode(data)) }})
	}
	r := measure.Alternate(turns, sides...)
	speed := func(against string, bar *report.Bar) report.Row {
		return report.Row{
			Stage: "decode", Work: "100 issues", Against: against, Measure: report.Speed,
			Ratio: measure.Over(r[against].Times, r[own].Times), Bar: bar,
		}
	}
	faster := report.Row{
		Stage: "decode", Work: "100 issues", Against: "the faster of sonic and goccy", Measure: report.Speed,
		Ratio: measure.Over(measure.Least(r[fast].Times, r[goccy].Times), r[own].Times), Bar: report.AtLeast(1.2),
	}
	return []report.Row{
		speed(peer, report.AtLeast(1.5)), faster, speed(fast, nil), speed(goccy, nil), speed(std, report.AtLeast(6)),
		speed(bare, report.AtLeast(0.7)),
		allocations("decode", "100 issues", r, peer, report.AtMost(0.25)),
		allocations("decode", "100 issues", r, fast, nil),
		allocations("decode", "100 issues", r, goccy, nil),
	}, nil
}

// allocations is a row that compares allocations with those of another side.
func allocations(stage, work string, r map[string]*measure.Samples, against string, bar *report.Bar) report.Row {
	return report.Row{
		Stage: stage, Work: work, Against: against, Measure: report.Allocations,
		Ratio: measure.Exact(r[own].Allocs / r[against].Allocs), Bar: bar,
	}
}

// walk reads every token with jx and keeps none.
func walk(d *jx.Decoder) error {
	switch d.Next() {
	case jx.Object:
		it, err := d.ObjIter()
		if err != nil {
			return err
		}
		for it.Next() {
			if err := walk(d); err != nil {
				return err
			}
		}
		return it.Err()
	case jx.Array:
		it, err := d.ArrIter()
		if err != nil {
			return err
		}
		for it.Next() {
			if err := walk(d); err != nil {
				return err
			}
		}
		return it.Err()
	case jx.String:
		_, err := d.StrBytes()
		return err
	case jx.Number:
		_, err := d.Num()
		return err
	case jx.Bool:
		_, err := d.Bool()
		return err
	default:
		return d.Null()
	}
}
