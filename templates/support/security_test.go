package support

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"
)

func TestSecurityAlternatives(t *testing.T) {
	both := requirement{&testKey, &testSecond}
	bearer := requirement{&testBearer}
	for _, tt := range []struct {
		name     string
		env      string
		opts     []Option
		security []requirement
		want     string // "header=value ..." or "" when nothing is sent
		missing  string // part of the error
	}{
		{"none asked for", "env", []Option{withKey(&testBearer, "b")}, nil, "", ""},
		{"conjunction", "", []Option{withKey(&testKey, "k"), withKey(&testSecond, "s")}, []requirement{both}, "X-Key=k X-Second=s", ""},
		{"half a conjunction", "", []Option{withKey(&testKey, "k")}, []requirement{both}, "", "WithKey (or TEST_KEY) and WithSecond"},
		{"second alternative", "", []Option{withKey(&testBearer, "b")}, []requirement{both, bearer}, "Authorization=Bearer b", ""},
		{"first alternative", "", []Option{withKey(&testBearer, "b"), withKey(&testKey, "k"), withKey(&testSecond, "s")}, []requirement{both, bearer}, "X-Key=k X-Second=s", ""},
		{"environment", "env", nil, []requirement{{&testKey}}, "X-Key=env", ""},
		{"option over environment", "env", []Option{withKey(&testKey, "k")}, []requirement{{&testKey}}, "X-Key=k", ""},
		{"alternative by option over one by environment", "env", []Option{withKey(&testBearer, "b")}, []requirement{{&testKey}, bearer}, "Authorization=Bearer b", ""},
		{"empty option hides the environment", "env", []Option{withKey(&testKey, "")}, []requirement{{&testKey}}, "", "WithKey (or TEST_KEY)"},
		{"optional, missing", "", nil, []requirement{{}, bearer}, "", ""},
		{"optional, there", "", []Option{withKey(&testBearer, "b")}, []requirement{{}, bearer}, "Authorization=Bearer b", ""},
		{"missing", "", nil, []requirement{both, bearer}, "", "use WithKey (or TEST_KEY) and WithSecond; or WithBearer"},
		{"missing user and password", "", nil, []requirement{{&testBasic}}, "", "use WithBasic (or TEST_USER, TEST_PASSWORD)"},
		{"anonymous", "env", []Option{WithoutCredentials()}, []requirement{{&testKey}}, "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Setenv("TEST_KEY", tt.env)
			rec := newRecorder(t, okReply)
			_, err := newTestClient(t, rec.URL, tt.opts...).call(context.Background(), testOperation("GET", tt.security...), nil)
			if tt.missing != "" {
				if !errors.Is(err, ErrNoCredentials) || !strings.Contains(err.Error(), tt.missing) || len(rec.all()) > 0 {
					t.Errorf("got %v, sent %v", err, rec.all())
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, key := range []string{"X-Key", "X-Second", "Authorization"} {
				if v := rec.all()[0].header.Get(key); v != "" {
					got = append(got, key+"="+v)
				}
			}
			if strings.Join(got, " ") != tt.want {
				t.Errorf("got %v, want %s", got, tt.want)
			}
		})
	}
}

func TestSecuritySchemes(t *testing.T) {
	t.Setenv("TEST_USER", "env-user")
	t.Setenv("TEST_PASSWORD", "env-password")
	source := oauth2.StaticTokenSource(&oauth2.Token{AccessToken: "fresh"})
	for _, tt := range []struct {
		name   string
		scheme *scheme
		opts   []Option
		check  func(*http.Request) bool
	}{
		{"query", &testQuery, []Option{withKey(&testQuery, "a&b")}, func(r *http.Request) bool { return r.FormValue("api_key") == "a&b" }},
		{"cookie", &testCookie, []Option{withKey(&testCookie, "abc==")}, func(r *http.Request) bool {
			c, err := r.Cookie("session")
			return err == nil && c.Value == "abc=="
		}},
		{"basic", &testBasic, []Option{withCredential(&testBasic, credential{key: "u", password: "p:q"})}, func(r *http.Request) bool {
			user, password, _ := r.BasicAuth()
			return user == "u" && password == "p:q"
		}},
		{"basic without a user", &testBasic, []Option{withCredential(&testBasic, credential{password: "p"})}, func(r *http.Request) bool {
			user, password, ok := r.BasicAuth()
			return ok && user == "" && password == "p"
		}},
		{"basic by environment", &testBasic, nil, func(r *http.Request) bool {
			user, password, _ := r.BasicAuth()
			return user == "env-user" && password == "env-password"
		}},
		{"token source", &testToken, []Option{withTokenSource(&testToken, source)}, func(r *http.Request) bool {
			return r.Header.Get("Authorization") == "Bearer fresh"
		}},
	} {
		var ok bool
		rec := newRecorder(t, func(w http.ResponseWriter, r *http.Request) { ok = tt.check(r) })
		c := newTestClient(t, rec.URL, tt.opts...)
		if _, err := c.call(context.Background(), testOperation("GET", requirement{tt.scheme}), nil); err != nil || !ok {
			t.Errorf("%s: %v, sent %+v", tt.name, err, rec.all())
		}
	}
	colon := newTestClient(t, "http://127.0.0.1:1", withCredential(&testBasic, credential{key: "a:b", password: "p"}))
	if _, err := colon.call(context.Background(), testOperation("GET", requirement{&testBasic}), nil); err == nil || !strings.Contains(err.Error(), "has a colon") {
		t.Errorf("got %v", err)
	}
	broken := tokenFunc(func() (*oauth2.Token, error) { return nil, errNoToken })
	c := newTestClient(t, "http://127.0.0.1:1", withTokenSource(&testToken, broken))
	if _, err := c.call(context.Background(), testOperation("GET", requirement{&testToken}), nil); !errors.Is(err, errNoToken) {
		t.Errorf("got %v", err)
	}
}

var errNoToken = errors.New("no token today")

// tokenFunc is a token source.
type tokenFunc func() (*oauth2.Token, error)

func (f tokenFunc) Token() (*oauth2.Token, error) { return f() }

// TestTokensAreRenewed gets a token for the first call and another when it is
// about to expire; a failure is not kept.
func TestTokensAreRenewed(t *testing.T) {
	rec := newRecorder(t, reply(503, "{}"), reply(200, `{"access_token":"1","expires_in":5}`), okReply,
		reply(200, `{"access_token":"2","expires_in":3600}`), okReply, okReply)
	config := clientcredentials.Config{ClientID: "id", AuthStyle: oauth2.AuthStyleInParams}
	c := newTestClient(t, rec.URL, withClientCredentials(&testToken, config, rec.URL+"/token", "a"))
	op := testOperation("GET", requirement{&testToken})
	for i, want := range []bool{false, true, true, true} {
		if _, err := c.call(t.Context(), op, nil); (err == nil) != want {
			t.Errorf("call %d: %v", i, err)
		}
	}
	var got []string
	for _, r := range rec.all() {
		got = append(got, r.method+" "+r.header.Get("Authorization"))
	}
	want := []string{"POST ", "POST ", "GET Bearer 1", "POST ", "GET Bearer 2", "GET Bearer 2"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestRefusedToken gets another token after the server has not taken one that
// it took before, but not after it has refused a new one.
func TestRefusedToken(t *testing.T) {
	token := func(text string) http.HandlerFunc {
		return reply(200, `{"access_token":"`+text+`","expires_in":3600}`)
	}
	rec := newRecorder(t, token("1"), reply(401, "{}"), okReply, reply(401, "{}"), token("2"), okReply)
	config := clientcredentials.Config{ClientID: "id", AuthStyle: oauth2.AuthStyleInParams}
	c := newTestClient(t, rec.URL, withClientCredentials(&testToken, config, "/token"))
	for i, want := range []bool{false, true, false, true} {
		if _, err := c.call(t.Context(), testOperation("GET", requirement{&testToken}), nil); (err == nil) != want {
			t.Errorf("call %d: %v", i, err)
		}
	}
	var got []string
	for _, r := range rec.all() {
		got = append(got, r.method+" "+r.header.Get("Authorization"))
	}
	want := []string{"POST ", "GET Bearer 1", "GET Bearer 1", "GET Bearer 1", "POST ", "GET Bearer 2"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestTokensStayOnTheirHost redirects a call to another host.
func TestTokensStayOnTheirHost(t *testing.T) {
	other := newRecorder(t, okReply)
	first := newRecorder(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, strings.Replace(other.URL, "127.0.0.1", "localhost", 1), http.StatusTemporaryRedirect)
	})
	c := newTestClient(t, first.URL, withTokenSource(&testToken, oauth2.StaticTokenSource(&oauth2.Token{AccessToken: "secret"})))
	if _, err := c.call(t.Context(), testOperation("GET", requirement{&testToken}), nil); err != nil {
		t.Fatal(err)
	}
	if got := first.all()[0].header.Get("Authorization"); got != "Bearer secret" {
		t.Errorf("first host: %q", got)
	}
	if got := other.all()[0].header.Get("Authorization"); got != "" {
		t.Errorf("other host: %q", got)
	}
}
