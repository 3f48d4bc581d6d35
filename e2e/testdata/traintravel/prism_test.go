//go:build e2e

package traintravel

import (
	"context"
	"errors"
	"net/http"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/oapi-codegen/runtime/types"
	"golang.org/x/oauth2"
)

// call is a call of an operation, and the status of an error that the document
// has for it. It reports whether the result has what the document's example
// says.
type call struct {
	name   string
	status int
	do     func(context.Context, *Client, ...RequestOption) (bool, error)
}

func calls(t *testing.T) []call {
	t.Helper()
	var id types.UUID
	if err := id.UnmarshalText([]byte("efdbb9d1-02c2-4bc3-afb7-6788d8782b1e")); err != nil {
		t.Fatal(err)
	}
	page, yes, passenger, amount, currency := int64(2), true, "John Doe", 49.99, BookingPaymentCurrencyGbp
	isCard, isBank := "card", "bank_account"
	card := &BookingPaymentSourceCard{Object: &isCard, Name: "J. Doe", Number: "4242424242424242", Cvc: "123", ExpMonth: 12, ExpYear: 2030, AddressCountry: "gb"}
	bank := &BookingPaymentSourceBankAccount{
		Object: &isBank, Name: "J. Doe", Number: "00012345", AccountType: BookingPaymentSourceBankAccountAccountTypeIndividual, BankName: "Starling Bank", Country: "gb",
	}
	booking := Booking{TripID: &id, PassengerName: &passenger, HasBicycle: &yes}
	pay := func(source BookingPaymentSourceVariant) func(context.Context, *Client, ...RequestOption) (bool, error) {
		return func(ctx context.Context, c *Client, opts ...RequestOption) (bool, error) {
			body := BookingPayment{Amount: &amount, Currency: &currency, Source: &BookingPaymentSource{Value: source}}
			got, err := c.Payments.CreateBookingPayment(ctx, CreateBookingPaymentParams{BookingID: id, Body: body}, opts...)
			return err == nil && *got.Amount == amount && *got.Status == BookingPaymentStatusSucceeded, err
		}
	}
	return []call{
		{"GetStations", 403, func(ctx context.Context, c *Client, opts ...RequestOption) (bool, error) {
			text := "Berlin & Umgebung, +/?#"
			got, err := c.Stations.GetStations(ctx, GetStationsParams{Page: &page, Search: &text}, opts...)
			return err == nil && len(got.Data) > 0, err
		}},
		{"GetTrips", 400, func(ctx context.Context, c *Client, opts ...RequestOption) (bool, error) {
			day := time.Date(2026, 2, 1, 9, 0, 0, 0, time.FixedZone("CET", 3600))
			got, err := c.Trips.GetTrips(ctx, GetTripsParams{Origin: id, Destination: id, Date: day, Dogs: &yes}, opts...)
			return err == nil && len(got.Data) > 0, err
		}},
		{"GetBookings", 401, func(ctx context.Context, c *Client, opts ...RequestOption) (bool, error) {
			got, err := c.Bookings.GetBookings(ctx, GetBookingsParams{Page: &page}, opts...)
			return err == nil && len(got.Data) == 2 && *got.Data[0].PassengerName == passenger, err
		}},
		{"CreateBooking", 409, func(ctx context.Context, c *Client, opts ...RequestOption) (bool, error) {
			got, err := c.Bookings.CreateBooking(ctx, CreateBookingParams{Body: booking}, opts...)
			return err == nil && *got.PassengerName == passenger && *got.ID == id, err
		}},
		{"GetBooking", 404, func(ctx context.Context, c *Client, opts ...RequestOption) (bool, error) {
			got, err := c.Bookings.GetBooking(ctx, GetBookingParams{BookingID: id}, opts...)
			return err == nil && *got.HasDog, err
		}},
		{"DeleteBooking", 429, func(ctx context.Context, c *Client, opts ...RequestOption) (bool, error) {
			got, err := c.Bookings.DeleteBooking(ctx, DeleteBookingParams{BookingID: id}, opts...)
			return err == nil && got.StatusCode == http.StatusNoContent, err
		}},
		{"CreateBookingPayment by card", 500, pay(card)},
		{"CreateBookingPayment by bank", 400, pay(bank)},
	}
}

// TestPrism makes every call twice: Prism, which judges the requests by the
// document, answers with a success and, as it is asked to, with an error.
func TestPrism(t *testing.T) {
	called := map[string]bool{}
	note := func(next http.RoundTripper) http.RoundTripper { return noting{next, called} }
	c, err := NewClient(
		WithBaseURL(os.Getenv("PRISM_URL")), WithMiddleware(note), WithRetry(RetryPolicy{}),
		WithOAuth2(oauth2.StaticTokenSource(&oauth2.Token{AccessToken: "token"})),
	)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range calls(t) {
		t.Run(tt.name, func(t *testing.T) {
			if ok, err := tt.do(t.Context(), c); !ok {
				t.Errorf("success: %v", err)
			}
			// Prism has errors only for clients that say they read them.
			read := WithHeader("Accept", "application/json, application/problem+json")
			_, err := tt.do(t.Context(), c, read, WithHeader("Prefer", "code="+strconv.Itoa(tt.status)))
			var failed *Error[Problem]
			if !errors.As(err, &failed) || failed.StatusCode != tt.status || failed.Body.Status == nil || *failed.Body.Status != int64(tt.status) {
				t.Errorf("error: %v, want a Problem with status %d", err, tt.status)
			}
		})
	}
	operations := strings.Fields(os.Getenv("OPERATIONS"))
	for _, id := range operations {
		if !called[id] {
			t.Errorf("%s is not called", id)
		}
	}
	if len(operations) != 7 {
		t.Errorf("operations: %v", operations)
	}
}

// noting notes the operations of requests.
type noting struct {
	next   http.RoundTripper
	called map[string]bool
}

func (n noting) RoundTrip(r *http.Request) (*http.Response, error) {
	op, _ := OperationFromContext(r.Context())
	n.called[op.ID] = true
	return n.next.RoundTrip(r)
}
