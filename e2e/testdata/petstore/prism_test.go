//go:build e2e

package petstore

import (
	"context"
	"errors"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/oauth2"
)

// call is a call of an operation, and the status of an error that the document
// has for it.
type call struct {
	name   string
	status int
	do     func(context.Context, *Client, ...RequestOption) (any, error)
}

func pet() Pet {
	id, status, tag, photo := int64(10), PetStatusAvailable, "good", "https://example.com/a b.png"
	return Pet{ID: &id, Name: "doggie & \"friends\"", PhotoURLs: []string{photo}, Tags: []Tag{{Name: &tag}}, Status: &status}
}

func user() *User {
	name := "the/user"
	return &User{Username: &name}
}

func calls() []call {
	available, name, text := FindPetsByStatusStatusAvailable, "theUser", "a b&c"
	quantity := int32(7)
	return []call{
		{"UpdatePet", 404, func(ctx context.Context, c *Client, opts ...RequestOption) (any, error) {
			return c.Pet.UpdatePet(ctx, UpdatePetParams{Body: pet()}, opts...)
		}},
		{"AddPet", 422, func(ctx context.Context, c *Client, opts ...RequestOption) (any, error) {
			return c.Pet.AddPet(ctx, AddPetParams{Body: pet()}, opts...)
		}},
		{"FindPetsByStatus", 400, func(ctx context.Context, c *Client, opts ...RequestOption) (any, error) {
			return c.Pet.FindPetsByStatus(ctx, FindPetsByStatusParams{Status: &available}, opts...)
		}},
		{"FindPetsByTags", 400, func(ctx context.Context, c *Client, opts ...RequestOption) (any, error) {
			return c.Pet.FindPetsByTags(ctx, FindPetsByTagsParams{Tags: []string{"a,b", "c d"}}, opts...)
		}},
		{"GetPetByID", 404, func(ctx context.Context, c *Client, opts ...RequestOption) (any, error) {
			return c.Pet.GetPetByID(ctx, GetPetByIDParams{PetID: 1}, opts...)
		}},
		{"UpdatePetWithForm", 400, func(ctx context.Context, c *Client, opts ...RequestOption) (any, error) {
			return c.Pet.UpdatePetWithForm(ctx, UpdatePetWithFormParams{PetID: 1, Name: &text}, opts...)
		}},
		{"DeletePet", 400, func(ctx context.Context, c *Client, opts ...RequestOption) (any, error) {
			return c.Pet.DeletePet(ctx, DeletePetParams{PetID: 1, APIKey: &name}, opts...)
		}},
		{"UploadFile", 404, func(ctx context.Context, c *Client, opts ...RequestOption) (any, error) {
			return c.Pet.UploadFile(ctx, UploadFileParams{PetID: 1, AdditionalMetadata: &text, Body: strings.NewReader("png")}, opts...)
		}},
		{"GetInventory", 500, func(ctx context.Context, c *Client, opts ...RequestOption) (any, error) {
			return c.Store.GetInventory(ctx, GetInventoryParams{}, opts...)
		}},
		{"PlaceOrder", 422, func(ctx context.Context, c *Client, opts ...RequestOption) (any, error) {
			return c.Store.PlaceOrder(ctx, PlaceOrderParams{Body: &Order{Quantity: &quantity}}, opts...)
		}},
		{"GetOrderByID", 404, func(ctx context.Context, c *Client, opts ...RequestOption) (any, error) {
			return c.Store.GetOrderByID(ctx, GetOrderByIDParams{OrderID: 3}, opts...)
		}},
		{"DeleteOrder", 404, func(ctx context.Context, c *Client, opts ...RequestOption) (any, error) {
			return c.Store.DeleteOrder(ctx, DeleteOrderParams{OrderID: 3}, opts...)
		}},
		{"CreateUser", 500, func(ctx context.Context, c *Client, opts ...RequestOption) (any, error) {
			return c.User.CreateUser(ctx, CreateUserParams{Body: user()}, opts...)
		}},
		{"CreateUser by form", 500, func(ctx context.Context, c *Client, opts ...RequestOption) (any, error) {
			return c.User.CreateUser(ctx, CreateUserParams{BodyForm: user()}, opts...)
		}},
		{"CreateUsersWithListInput", 500, func(ctx context.Context, c *Client, opts ...RequestOption) (any, error) {
			return c.User.CreateUsersWithListInput(ctx, CreateUsersWithListInputParams{Body: []User{*user(), {}}}, opts...)
		}},
		{"LoginUser", 400, func(ctx context.Context, c *Client, opts ...RequestOption) (any, error) {
			return c.User.LoginUser(ctx, LoginUserParams{Username: &name, Password: &text}, opts...)
		}},
		{"LogoutUser", 500, func(ctx context.Context, c *Client, opts ...RequestOption) (any, error) {
			return c.User.LogoutUser(ctx, LogoutUserParams{}, opts...)
		}},
		{"GetUserByName", 404, func(ctx context.Context, c *Client, opts ...RequestOption) (any, error) {
			return c.User.GetUserByName(ctx, GetUserByNameParams{Username: "a/b c"}, opts...)
		}},
		{"UpdateUser", 404, func(ctx context.Context, c *Client, opts ...RequestOption) (any, error) {
			return c.User.UpdateUser(ctx, UpdateUserParams{Username: name, Body: user()}, opts...)
		}},
		{"DeleteUser", 404, func(ctx context.Context, c *Client, opts ...RequestOption) (any, error) {
			return c.User.DeleteUser(ctx, DeleteUserParams{Username: name}, opts...)
		}},
	}
}

// TestPrism makes every call twice: Prism, which judges the requests by the
// document, answers with a success and, as it is asked to, with an error.
func TestPrism(t *testing.T) {
	called := map[string]bool{}
	note := func(next http.RoundTripper) http.RoundTripper { return noting{next, called} }
	c, err := NewClient(
		WithBaseURL(os.Getenv("PRISM_URL")), WithMiddleware(note), WithRetry(RetryPolicy{}), WithStrictResponses(),
		WithPetstoreAuth(oauth2.StaticTokenSource(&oauth2.Token{AccessToken: "token"})), WithAPIKey("key"),
	)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range calls() {
		t.Run(tt.name, func(t *testing.T) {
			got, err := tt.do(t.Context(), c)
			if p, ok := got.(*Pet); err != nil || ok && p.Name == "" {
				t.Errorf("success: %+v, %v", got, err)
			}
			_, err = tt.do(t.Context(), c, WithHeader("Prefer", "code="+strconv.Itoa(tt.status)))
			var failed *ResponseError
			if !errors.As(err, &failed) || failed.StatusCode != tt.status {
				t.Errorf("error: %v, want status %d", err, tt.status)
			}
		})
	}
	operations := strings.Fields(os.Getenv("OPERATIONS"))
	for _, id := range operations {
		if !called[id] {
			t.Errorf("%s is not called", id)
		}
	}
	if len(operations) < 19 || slices.Contains(operations, "") {
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
