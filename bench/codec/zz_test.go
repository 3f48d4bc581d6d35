package main

import (
	"net/http"
	"os"
	"runtime"
	"runtime/pprof"
	"testing"
)

func benchSides(b *testing.B, o func() (operation, error)) {
	op, err := o()
	if err != nil {
		b.Fatal(err)
	}
	t := newTransport(op.response)
	cs, err := op.callers(t)
	if err != nil {
		b.Fatal(err)
	}
	client := &http.Client{Transport: t}
	cs = append(cs, caller{name: "alone", call: func() (any, error) { return op.aloneCall(client) }})
	for _, c := range cs {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			runtime.GC()
			for b.Loop() {
				c.call()
			}
		})
	}
}

func BenchmarkDD(b *testing.B) { benchSides(b, updateCloudflareAccount) }
func BenchmarkCF(b *testing.B) { benchSides(b, updateKeys) }

func BenchmarkSmall(b *testing.B) {
	data, _ := documented("UpdateCloudflareAccount", "response.200.json")
	for name, d := range smallDecoders() {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				d(data)
			}
		})
	}
}

var _ = pprof.StartCPUProfile
var _ = os.Args
