package naming

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWords(t *testing.T) {
	for in, want := range map[string][]string{
		"account_id":      {"account", "id"},
		"accountId":       {"account", "Id"},
		"HTTPServer":      {"HTTP", "Server"},
		"IDs":             {"IDs"},
		"userIDsList":     {"user", "IDs", "List"},
		"oauth2Token":     {"oauth2", "Token"},
		"StartTime>":      {"Start", "Time", "Gt"},
		"-created":        {"Minus", "created"},
		"cloud-flare.v2":  {"cloud", "flare", "v2"},
		"😀":               {"U1f600"},
		"":                nil,
		"issues/list-for": {"issues", "list", "for"},
	} {
		if diff := cmp.Diff(want, Words(in)); diff != "" {
			t.Errorf("Words(%q): %s", in, diff)
		}
	}
}

func TestExported(t *testing.T) {
	n := New("ddog")
	for in, want := range map[string]string{
		"account_id":          "AccountID",
		"api_key":             "APIKey",
		"APIErrorResponse":    "APIErrorResponse",
		"html_urls":           "HTMLURLs",
		"NOT_PLANNED":         "NotPlanned",
		"USD":                 "USD",
		"AWSAccount":          "AWSAccount",
		"mime_type":           "MIMEType",
		"POST_accounts":       "PostAccounts",
		"GET":                 "Get",
		"listUsingPOST":       "ListUsingPost",
		"cloudflare-accounts": "CloudflareAccounts",
		"+1":                  "Plus1",
		"-1":                  "Minus1",
		"3d_secure":           "N3dSecure",
		"v2 1":                "V2_1",
		"Api2Id":              "API2ID",
		"CISRate":             "CISRate",
		"sse":                 "SSE",
		"USER_IDS":            "UserIDs",
		"my_oauth2_OAuth":     "MyOAuth2OAuth",
		"":                    "Empty",
		"type":                "Type",
		"日本":                  "X日本",
		"éclair":              "Éclair",
		"us5.ddog":            "Us5DDOG",
		"`":                   "Quote",
	} {
		if got := n.Exported(in); got != want {
			t.Errorf("Exported(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestScope(t *testing.T) {
	var s Scope
	s.Reserve("Error")
	got := []string{
		s.Claim("Pet"), s.Claim("Pet"), s.Claim("Pet"),
		s.Claim("Error", "ErrorModel"), s.Claim("Error", "ErrorModel"), s.Claim("V2"), s.Claim("V2"),
	}
	if diff := cmp.Diff([]string{"Pet", "Pet2", "Pet3", "ErrorModel", "ErrorModel2", "V2", "V2_2"}, got); diff != "" {
		t.Error(diff)
	}
	s.Hold("Cat2")
	got = []string{s.Claim("Cat"), s.Claim("Cat"), s.Claim("Cat")}
	s.Release("Cat2")
	got = append(got, s.Claim("Cat"), s.Claim("Cat"))
	if diff := cmp.Diff([]string{"Cat", "Cat3", "Cat4", "Cat2", "Cat5"}, got); diff != "" {
		t.Error("held and released:", diff)
	}
}

func FuzzExported(f *testing.F) {
	for _, s := range []string{"account_id", "😀", "\xff", "a\u0301", "ǅ", "x`y"} {
		f.Add(s)
	}
	n := New()
	f.Fuzz(func(t *testing.T, s string) {
		if name := n.Exported(s); !IsExported(name) {
			t.Errorf("Exported(%q) = %q is not an exported identifier", s, name)
		}
	})
}
