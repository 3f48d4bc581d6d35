package main

import (
	"encoding/json"
	"fmt"
	"os"

	sdk "github.com/DataDog/datadog-api-client-go/v2/api/datadog"
	"github.com/DataDog/datadog-api-client-go/v2/api/datadogV2"
	"github.com/go-faster/jx"

	"github.com/seed-a7989e22/apigen/bench/clients/apigen/datadog"
	oapi "github.com/seed-a7989e22/apigen/bench/clients/oapi-codegen/datadog"
	ogen "github.com/seed-a7989e22/apigen/bench/clients/ogen/datadog"
	"github.com/seed-a7989e22/apigen/bench/internal/measure"
	"github.com/seed-a7989e22/apigen/bench/internal/report"
	"github.com/seed-a7989e22/apigen/bench/internal/same"
)

const datadogSDK = "Datadog's SDK"

// smallDecoders decode the response of UpdateCloudflareAccount.
func smallDecoders() map[string]func(data []byte) (any, error) {
	return map[string]func(data []byte) (any, error){
		own: func(data []byte) (any, error) {
			return datadog.DecodeAccount(data)
		},
		datadogSDK: func(data []byte) (any, error) {
			var v datadogV2.CloudflareAccountResponse
			err := sdk.Unmarshal(data, &v)
			return &v, err
		},
		peer: func(data []byte) (any, error) {
			var v ogen.CloudflareAccountResponse
			err := v.Decode(jx.DecodeBytes(data))
			return &v, err
		},
		std: func(data []byte) (any, error) {
			var v oapi.CloudflareAccountResponse
			err := json.Unmarshal(data, &v)
			return &v, err
		},
	}
}

func decodeSmall(turns int) ([]report.Row, error) {
	data, err := documented("UpdateCloudflareAccount", "response.200.json")
	if err != nil {
		return nil, err
	}
	var sides []measure.Side
	for name, decode := range smallDecoders() {
		v, err := decode(data)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if err := sameValue(data, v); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		sides = append(sides, measure.Side{Name: name, Run: func() { must(decode(data)) }})
	}
	r := measure.Alternate(turns, sides...)
	row := func(against string, bar *report.Bar) report.Row {
		return report.Row{
			Stage: "decode small", Work: "one account", Against: against, Measure: report.Speed,
			Ratio: measure.Over(r[against].Times, r[own].Times), Bar: bar,
		}
	}
	return []report.Row{
		row(datadogSDK, report.AtLeast(3)), row(peer, report.AtLeast(2)), row(std, nil),
		allocations("decode small", "one account", r, peer, nil),
	}, nil
}

// sameValue asserts that a decoded value encodes to the same as data.
func sameValue(data []byte, v any) error {
	again, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return same.JSON(data, again)
}

// documented reads an example of the reference pages. The bench runs in its
// own folder.
func documented(operation, file string) ([]byte, error) {
	return os.ReadFile("../specs/testdata/" + operation + "/" + file)
}
