package support

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// issuesJSON makes a list of n issues as a server would send it: long URLs,
// text with escapes and other scripts, nulls and absent properties.
func issuesJSON(tb testing.TB, n int) []byte {
	tb.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	var list []any
	for i := range n {
		list = append(list, issueValue(r, i))
	}
	data, err := json.Marshal(list)
	if err != nil {
		tb.Fatal(err)
	}
	return data
}

func issueValue(r *rand.Rand, i int) map[string]any {
	url := fmt.Sprintf("https://api.example.com/repos/golang/go/issues/%d", 60000+i)
	issue := map[string]any{
		"id": 1400000000 + r.IntN(1e8), "node_id": "I_kwDOAWBuf85" + word(r, 6), "url": url,
		"repository_url": "https://api.example.com/repos/golang/go", "labels_url": url + "/labels{/name}",
		"comments_url": url + "/comments", "html_url": "https://example.com/golang/go/issues/" + fmt.Sprint(60000+i),
		"number": 60000 + i, "state": []string{"open", "closed"}[r.IntN(2)], "state_reason": nil,
		"title": "cmd/compile: " + text(r, 8), "body": body(r), "user": userValue(r), "labels": labelValues(r),
		"assignees": []any{userValue(r)}, "locked": false, "active_lock_reason": nil, "comments": r.IntN(40),
		"closed_at": nil, "created_at": "2024-03-01T12:30:45Z", "updated_at": "2024-05-11T02:10:05.125Z",
		"draft": false, "score": float64(r.IntN(1000)) / 8,
		"reactions": map[string]any{"url": url + "/reactions", "total_count": 3, "laugh": 1, "heart": 2, "rocket": 0},
	}
	if r.IntN(2) == 0 {
		issue["assignee"] = userValue(r)
		issue["closed_at"] = "2024-06-01T00:00:00Z"
		issue["state_reason"] = "completed"
	}
	return issue
}

func userValue(r *rand.Rand) map[string]any {
	login := word(r, 9)
	return map[string]any{
		"login": login, "id": r.IntN(1e8), "node_id": "MDQ6VXNlcj" + word(r, 8),
		"avatar_url": "https://avatars.example.com/u/" + fmt.Sprint(r.IntN(1e8)) + "?v=4", "gravatar_id": "",
		"url": "https://api.example.com/users/" + login, "html_url": "https://example.com/" + login,
		"followers_url": "https://api.example.com/users/" + login + "/followers", "type": "User", "site_admin": false,
	}
}

func labelValues(r *rand.Rand) []any {
	var labels []any
	for range 1 + r.IntN(3) {
		name := word(r, 8)
		labels = append(labels, map[string]any{
			"id": r.IntN(1e9), "node_id": "MDU6TGFiZWw" + word(r, 8), "name": name, "default": r.IntN(2) == 0,
			"url": "https://api.example.com/repos/golang/go/labels/" + name, "color": "ededed", "description": text(r, 6),
		})
	}
	return labels
}

func body(r *rand.Rand) string {
	var b strings.Builder
	for range 3 {
		b.WriteString(text(r, 14) + "\r\n\r\n```go\nfmt.Println(\"" + word(r, 7) + "\")\n```\r\n")
	}
	if r.IntN(4) == 0 {
		b.WriteString("Grüße, 世界 🙂\n")
	}
	return b.String()
}

func text(r *rand.Rand, n int) string {
	words := make([]string, n)
	for i := range words {
		words[i] = word(r, 2+r.IntN(9))
	}
	return strings.Join(words, " ")
}

func word(r *rand.Rand, n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte('a' + r.IntN(26))
	}
	return string(b)
}
