// Package issuesdata makes the list of issues that codecs are measured with.
package issuesdata

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
)

// List returns n issues as a server would send them: compact JSON with long
// URLs, text with escapes and several scripts, nulls and absent properties.
// The same n gives the same bytes.
func List(n int) ([]byte, error) {
	m := maker{rand.New(rand.NewPCG(2024, uint64(n)))}
	issues := make([]map[string]any, n)
	for i := range issues {
		issues[i] = m.issue(58200 + 7*i)
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(issues); err != nil {
		return nil, err
	}
	return bytes.TrimSpace(b.Bytes()), nil
}

const host = "https://api.git.example.com"

// maker draws from its source of randomness, which is always the same.
type maker struct{ *rand.Rand }

func (m maker) issue(number int) map[string]any {
	repository := host + "/repos/" + pick(m, repositories)
	url := fmt.Sprintf("%s/issues/%d", repository, number)
	created := time.Date(2023, 1, 1, 0, 0, m.IntN(30_000_000), 0, time.UTC)
	issue := map[string]any{
		"id": 1_500_000_000 + m.Int64N(900_000_000), "node_id": "I_kwDO" + m.id(12), "url": url,
		"repository_url": repository, "labels_url": url + "/labels{/name}", "comments_url": url + "/comments",
		"html_url": strings.Replace(url, "api.", "", 1), "number": number, "state": "open", "state_reason": nil,
		"title": m.title(), "body": m.body(), "user": m.user(), "labels": m.labels(), "assignee": nil,
		"assignees": []any{}, "locked": m.IntN(20) == 0, "active_lock_reason": nil, "comments": m.IntN(60),
		"closed_at": nil, "created_at": created.Format(time.RFC3339),
		"updated_at": created.Add(time.Duration(m.IntN(9_000_000)) * time.Second).Format(time.RFC3339),
		"draft":      false, "score": float64(m.IntN(4000)) / 32,
		"reactions": map[string]any{
			"url": url + "/reactions", "total_count": m.IntN(12), "laugh": m.IntN(3), "heart": m.IntN(5), "rocket": m.IntN(4),
		},
	}
	if delete(issue, "assignee"); m.IntN(2) == 0 {
		assignee := m.user()
		issue["assignee"], issue["assignees"] = assignee, []any{assignee}
	}
	if m.IntN(3) == 0 {
		issue["state"], issue["state_reason"] = "closed", pick(m, []string{"completed", "reopened", "not_planned"})
		issue["closed_at"] = created.Add(200 * time.Hour).Format(time.RFC3339)
	}
	if issue["locked"] == true {
		issue["active_lock_reason"] = "too heated"
	}
	return issue
}

func (m maker) user() map[string]any {
	login := pick(m, logins)
	id := m.Int64N(120_000_000)
	user := map[string]any{
		"login": login, "id": id, "node_id": "MDQ6VXNlcj" + m.id(8),
		"avatar_url":  fmt.Sprintf("https://avatars.git.example.com/u/%d?v=4", id),
		"gravatar_id": "", "url": host + "/users/" + login, "html_url": "https://git.example.com/" + login,
		"followers_url": host + "/users/" + login + "/followers", "type": "User", "site_admin": false,
	}
	switch {
	case strings.HasSuffix(login, "bot"):
		user["type"], user["gravatar_id"] = "Bot", nil
	case m.IntN(4) == 0:
		user["starred_at"] = "2020-07-09T00:17:42Z"
	}
	return user
}

func (m maker) labels() []any {
	list := make([]any, m.IntN(4))
	for i := range list {
		name := pick(m, labels)
		list[i] = map[string]any{
			"id": m.Int64N(4_000_000_000), "node_id": "MDU6TGFiZWw" + m.id(10), "name": name,
			"url":         host + "/repos/example/labels/" + strings.ReplaceAll(name, " ", "%20"),
			"description": m.sentence(7), "color": fmt.Sprintf("%06x", m.IntN(1<<24)), "default": m.IntN(3) == 0,
		}
		if m.IntN(3) == 0 {
			list[i].(map[string]any)["description"] = nil
		}
	}
	return list
}

func (m maker) title() string {
	return pick(m, areas) + ": " + strings.TrimSuffix(m.sentence(6+m.IntN(5)), ".")
}

// body is a report as people write them: paragraphs, a list, code with quotes,
// tabs and line ends, now and then in another script. One in ten has none.
func (m maker) body() any {
	if m.IntN(10) == 0 {
		return nil
	}
	var b strings.Builder
	b.WriteString("### " + pick(m, headings) + "\r\n\r\n" + m.sentence(22) + " " + m.sentence(19) + " " + m.sentence(12) + "\r\n")
	for range m.IntN(4) {
		b.WriteString("* `" + pick(m, areas) + "`: " + m.sentence(11) + "\r\n")
	}
	if m.IntN(2) == 0 {
		b.WriteString("\r\n```go\r\nfunc main() {\r\n\tfmt.Println(\"" + m.sentence(3) + "\")\r\n}\r\n```\r\n")
	}
	if m.IntN(3) == 0 {
		b.WriteString("\r\n" + pick(m, foreign) + "\r\n")
	}
	if m.IntN(2) == 0 {
		b.WriteString("\r\n" + m.sentence(24) + " See https://git.example.com/example/issues/" + fmt.Sprint(m.IntN(9999)) + "\r\n")
	}
	return b.String()
}

func (m maker) sentence(words int) string {
	var b strings.Builder
	for i := range words {
		word := pick(m, vocabulary)
		if i == 0 {
			word = strings.ToUpper(word[:1]) + word[1:]
		} else {
			b.WriteByte(' ')
		}
		b.WriteString(word)
	}
	b.WriteByte('.')
	return b.String()
}

func (m maker) id(n int) string {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
	b := make([]byte, n)
	for i := range b {
		b[i] = alphabet[m.IntN(len(alphabet))]
	}
	return string(b)
}

func pick(m maker, list []string) string { return list[m.IntN(len(list))] }
