package main
import ("testing";"net/http";"bytes";"io";"context"; "github.com/go-faster/jx")
func BenchmarkDecode(b *testing.B) {
	data, dec, err := issuesCase(); if err != nil { b.Fatal(err) }
	b.Run("walk", func(b *testing.B) { b.SetBytes(int64(len(data))); b.ReportAllocs(); for b.Loop() { walk(jx.DecodeBytes(data)) } })
	for _, c := range codecs() { b.Run("dec/"+c.name, func(b *testing.B) { b.SetBytes(int64(len(data))); b.ReportAllocs(); for b.Loop() { c.decode(data) } }) }
	for _, c := range codecs() { b.Run("enc/"+c.name, func(b *testing.B) { v := dec[c.name]; b.SetBytes(int64(len(data)));b.ReportAllocs(); for b.Loop() { c.encode(v) } }) }
}
func BenchmarkSmall(b *testing.B) {
	data, err := documented("UpdateCloudflareAccount", "response.200.json"); if err != nil { b.Fatal(err) }
	b.Run("walk", func(b *testing.B) { b.SetBytes(int64(len(data))); b.ReportAllocs(); for b.Loop() { walk(jx.DecodeBytes(data)) } })
	for n, dec := range smallDecoders() { b.Run(n, func(b *testing.B) { b.SetBytes(int64(len(data))); b.ReportAllocs(); for b.Loop() { dec(data) } }) }
}
func BenchmarkCall(b *testing.B) {
	for _, f := range []func() (operation, error){updateCloudflareAccount, updateKeys} {
		op, err := f(); if err != nil { b.Fatal(err) }
		t := newTransport(op.response)
		cs, err := op.callers(t); if err != nil { b.Fatal(err) }
		for _, c := range cs { b.Run(op.name+"/"+c.name, func(b *testing.B) { b.ReportAllocs(); for b.Loop() { c.call() } }) }
		hc := &http.Client{Transport: t}
		body := op.wanted.content
		b.Run(op.name+"/floor", func(b *testing.B) { b.ReportAllocs(); for b.Loop() {
			req, _ := http.NewRequestWithContext(context.Background(), op.wanted.method, op.wanted.url, bytes.NewReader(body))
			req.Header.Set("Dd-Api-Key", "x")
			req.Header.Set("Content-Type", "x")
			resp, err := hc.Do(req); if err != nil { b.Fatal(err) }
			buf := make([]byte, resp.ContentLength)
			io.ReadFull(resp.Body, buf)
			resp.Body.Close()
		} })
		req, _ := http.NewRequestWithContext(context.Background(), op.wanted.method, op.wanted.url, bytes.NewReader(body))
		b.Run(op.name+"/Do", func(b *testing.B) { b.ReportAllocs(); for b.Loop() { r:=*req; r.Body = io.NopCloser(bytes.NewReader(body)); resp, _ := hc.Do(&r); resp.Body.Close() } })
		b.Run(op.name+"/RoundTrip", func(b *testing.B) { b.ReportAllocs(); for b.Loop() { r:=*req; r.Body = io.NopCloser(bytes.NewReader(body)); resp, _ := t.RoundTrip(&r); resp.Body.Close() } })
	}
}
