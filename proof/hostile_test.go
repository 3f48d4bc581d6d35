package proof_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"io"
	"iter"
	"net/http"
	"path/filepath"
	"testing"

	"github.com/seed-a7989e22/apigen/generated/cloudflare"
	"github.com/seed-a7989e22/apigen/generated/datadog"
	"github.com/seed-a7989e22/apigen/generated/shapes"
	"github.com/seed-a7989e22/apigen/internal/figures"
	"github.com/seed-a7989e22/apigen/proof/hostile"
	"github.com/seed-a7989e22/apigen/proof/pages"
)

var figuresDir = flag.String("figures", "", "write the figures of docs/reliability.md to this `folder`")

// TestHostile takes every operation of the clients through everything that a
// hostile server can answer.
func TestHostile(t *testing.T) {
	got := hostile.Run(t, append(pageCalls(t), shapeCalls()...))
	t.Logf("%+v", got)
	figures.Record(t, *figuresDir, "hostile", got)
}

// pageCalls are the operations of specs/, with the responses of their pages.
func pageCalls(t *testing.T) []hostile.Call {
	var calls []hostile.Call
	for _, call := range pages.Calls() {
		var sample bytes.Buffer
		if err := json.Compact(&sample, readFile(t, filepath.Join("../specs/testdata", call.ID, "response.200.json"))); err != nil {
			t.Fatal(err)
		}
		if len(calls) > 0 && calls[len(calls)-1].Name == call.ID {
			continue // another request of the same operation
		}
		calls = append(calls, hostile.Call{Name: call.ID, Sample: sample.String(), Do: func(ctx context.Context, url string, client *http.Client) error {
			dd, err := datadog.NewClient(datadog.WithBaseURL(url), datadog.WithHTTPClient(client), datadog.WithAPIKeyAuth(hostile.Secret),
				datadog.WithAppKeyAuth(hostile.Secret), datadog.WithResponseLimit(hostile.Limit), datadog.WithRetry(datadog.RetryPolicy{}))
			if err != nil {
				return err
			}
			cf, err := cloudflare.NewClient(cloudflare.WithBaseURL(url), cloudflare.WithHTTPClient(client), cloudflare.WithAPIToken(hostile.Secret),
				cloudflare.WithAPIEmail(hostile.Secret), cloudflare.WithAPIKey(hostile.Secret), cloudflare.WithResponseLimit(hostile.Limit),
				cloudflare.WithRetry(cloudflare.RetryPolicy{}))
			if err != nil {
				return err
			}
			_, err = call.Do(ctx, &pages.Clients{Datadog: dd, Cloudflare: cf})
			return err
		}})
	}
	return calls
}

// shapeCalls are operations with values and responses of every shape.
func shapeCalls() []hostile.Call {
	everything := jsonSeeds()[0]
	call := func(name, sample string, do func(context.Context, *shapes.Client) error) hostile.Call {
		return hostile.Call{Name: name, Sample: sample, Do: func(ctx context.Context, url string, client *http.Client) error {
			c, err := shapes.NewClient(shapes.WithBaseURL(url), shapes.WithHTTPClient(client), shapes.WithKey(hostile.Secret),
				shapes.WithResponseLimit(hostile.Limit), shapes.WithRetry(shapes.RetryPolicy{}))
			if err != nil {
				return err
			}
			return do(ctx, c)
		}}
	}
	return []hostile.Call{
		call("GetShape", everything, func(ctx context.Context, c *shapes.Client) error {
			_, err := c.Shapes.GetShape(ctx, shapes.GetShapeParams{ID: "1"})
			return err
		}),
		call("GetShapeStrictly", everything, func(ctx context.Context, c *shapes.Client) error {
			_, err := c.Shapes.GetShape(ctx, shapes.GetShapeParams{ID: "1"}, shapes.WithStrictResponses())
			return err
		}),
		call("ListShapesAll", `{"items":[{"id":"1"}]}`, func(ctx context.Context, c *shapes.Client) error {
			return drain(c.Shapes.ListShapesAll(ctx, shapes.ListShapesParams{}))
		}),
		call("WatchShapes", "", func(ctx context.Context, c *shapes.Client) error {
			return drain(c.Shapes.WatchShapes(ctx, shapes.WatchShapesParams{}))
		}),
		call("ExportShapes", "", func(ctx context.Context, c *shapes.Client) error {
			return drain(c.Shapes.ExportShapes(ctx, shapes.ExportShapesParams{}))
		}),
		call("DescribeShapes", "", func(ctx context.Context, c *shapes.Client) error {
			_, err := c.Shapes.DescribeShapes(ctx, shapes.DescribeShapesParams{})
			return err
		}),
		call("DownloadShapes", "", func(ctx context.Context, c *shapes.Client) error {
			body, err := c.Shapes.DownloadShapes(ctx, shapes.DownloadShapesParams{})
			if err != nil {
				return err
			}
			defer body.Close()
			_, err = io.CopyN(io.Discard, body, hostile.Limit) // the caller decides how much
			return err
		}),
	}
}

// drain takes some values of a stream.
func drain[T any](values iter.Seq2[T, error]) error {
	n := 0
	for _, err := range values {
		if n++; err != nil || n > 1000 {
			return err
		}
	}
	return nil
}
