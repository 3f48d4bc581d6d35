package main

import (
	"net/http"
	"testing"
)

// The benchmarks here run one side at a time, for profiles: what counts are
// the ratios that the stages measure.

func BenchmarkCall(b *testing.B) {
	b.Chdir("..") // where the stages run
	for _, prepare := range []func() (operation, error){updateCloudflareAccount, updateKeys} {
		op, err := prepare()
		if err != nil {
			b.Fatal(err)
		}
		t := newTransport(op.response)
		callers, err := op.callers(t)
		if err != nil {
			b.Fatal(err)
		}
		client := &http.Client{Transport: t}
		callers = append(callers, caller{name: alone, call: func() (any, error) { return op.aloneCall(client) }})
		for _, c := range callers {
			b.Run(op.name+"/"+c.name, func(b *testing.B) { benchmark(b, c.call) })
		}
	}
}

func BenchmarkDecodeSmall(b *testing.B) {
	b.Chdir("..")
	data, err := documented("UpdateCloudflareAccount", "response.200.json")
	if err != nil {
		b.Fatal(err)
	}
	for name, decode := range smallDecoders() {
		b.Run(name, func(b *testing.B) { benchmark(b, func() (any, error) { return decode(data) }) })
	}
}

func benchmark(b *testing.B, run func() (any, error)) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := run(); err != nil {
			b.Fatal(err)
		}
	}
}
