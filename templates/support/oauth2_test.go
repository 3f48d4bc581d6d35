package support

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"
)

// TestHostileTokenServer gets answers from a token server that are made to end
// up in the text of an error, the credential that it was sent among them.
func TestHostileTokenServer(t *testing.T) {
	long := strings.Repeat("Secret\x1b[2J", 1<<14)
	escaped := strings.Repeat(`Secret\u001b[2J`, 1<<14)
	for name, answer := range map[string]http.HandlerFunc{
		"body":        reply(400, long),
		"error":       reply(400, `{"error":"`+escaped+`"}`),
		"description": reply(400, `{"error":"no","error_description":"`+escaped+`","error_uri":"`+escaped+`"}`),
		"number":      reply(200, `{"access_token":"a","expires_in":`+strings.Repeat("9", 1<<17)+`}`),
		"kind":        reply(200, `{"access_token":{"`+escaped+`":1}}`),
		"not JSON":    reply(200, long),
		"no token":    reply(200, `{}`),
		"redirect": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "ftp://"+strings.Repeat("Secret", 1<<14), http.StatusFound)
		},
		"type": reply(200, `{"access_token":"a","token_type":"x\r\nHost: elsewhere"}`),
	} {
		rec := newRecorder(t, answer)
		config := clientcredentials.Config{ClientID: "id", ClientSecret: "Secret", AuthStyle: oauth2.AuthStyleInParams}
		c := newTestClient(t, rec.URL, withClientCredentials(&testToken, config, rec.URL+"/token"), WithRetry(RetryPolicy{}))
		_, err := c.call(context.Background(), testOperation("GET", requirement{&testToken}), nil)
		switch {
		case err == nil:
			t.Errorf("%s: no error", name)
		case len(err.Error()) > 1000 || strings.Contains(err.Error(), "\x1b") || name == "body" && strings.Contains(err.Error(), "Secret"):
			t.Errorf("%s: %.500q", name, err)
		case name == "body" && !errors.As(err, new(*oauth2.RetrieveError)):
			t.Errorf("%s: the error of the library is not in %v", name, err)
		}
	}
}

// TestRefusalsOfTokens holds that an error says as much as is known to be no secret.
func TestRefusalsOfTokens(t *testing.T) {
	for code, want := range map[string]string{
		"invalid_request": ": invalid_request", "invalid_client": ": invalid_client", "invalid_grant": ": invalid_grant",
		"unauthorized_client": ": unauthorized_client", "unsupported_grant_type": ": unsupported_grant_type", "invalid_scope": ": invalid_scope",
		"of_our_own": "",
	} {
		rec := newRecorder(t, reply(400, `{"error":"`+code+`","error_description":"secret"}`))
		config := clientcredentials.Config{ClientID: "id", AuthStyle: oauth2.AuthStyleInParams}
		c := newTestClient(t, rec.URL, withClientCredentials(&testToken, config, "/token"))
		_, err := c.call(t.Context(), testOperation("GET", requirement{&testToken}), nil)
		if want = "Test: no access token by WithToken: the token server refuses with status 400" + want; err == nil || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

// TestRelativeTokenURL asks the server of each call for its token, also after a call to another.
func TestRelativeTokenURL(t *testing.T) {
	token := reply(200, `{"access_token":"a","expires_in":1}`) // for one call
	usual, other := newRecorder(t, token, okReply), newRecorder(t, token, okReply)
	config := clientcredentials.Config{ClientID: "id", AuthStyle: oauth2.AuthStyleInParams}
	c := newTestClient(t, usual.URL, withClientCredentials(&testToken, config, "/token"))
	for _, opts := range [][]RequestOption{{WithBaseURL(other.URL)}, nil} {
		if _, err := c.call(t.Context(), testOperation("GET", requirement{&testToken}), nil, opts...); err != nil {
			t.Error(err)
		}
	}
	if len(usual.all()) != 2 || len(other.all()) != 2 {
		t.Errorf("sent %v and %v", other.all(), usual.all())
	}
}
