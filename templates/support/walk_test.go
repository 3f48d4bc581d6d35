package support

import (
	"testing"

	"github.com/go-faster/jx"
)

func walkJX(d *jx.Decoder) error {
	switch d.Next() {
	case jx.Object:
		it, err := d.ObjIter()
		if err != nil {
			return err
		}
		for it.Next() {
			if err := walkJX(d); err != nil {
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
			if err := walkJX(d); err != nil {
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

func BenchmarkWalkJX(b *testing.B) {
	data := issuesJSON(b, 100)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if err := walkJX(jx.DecodeBytes(data)); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSkipJX(b *testing.B) {
	data := issuesJSON(b, 100)
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if err := jx.DecodeBytes(data).Skip(); err != nil {
			b.Fatal(err)
		}
	}
}
