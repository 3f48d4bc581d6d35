package support

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
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
	source := func(context.Context) (string, error) { return "fresh", nil }
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
		{"basic by environment", &testBasic, nil, func(r *http.Request) bool {
			user, password, _ := r.BasicAuth()
			return user == "env-user" && password == "env-password"
		}},
		{"token source", &testToken, []Option{withCredential(&testToken, credential{token: source})}, func(r *http.Request) bool {
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
	broken := errors.New("no token today")
	c := newTestClient(t, "http://127.0.0.1:1", withCredential(&testToken, credential{token: func(context.Context) (string, error) { return "", broken }}))
	if _, err := c.call(context.Background(), testOperation("GET", requirement{&testToken}), nil); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}
