package support

import (
	"encoding/json"
	"testing"
	"time"
)

type benchUser struct {
	Login, NodeID, AvatarURL string
	ID                       int64
	GravatarID               *string
	URL                      string
	HTMLURL, FollowersURL    *string
	Type                     string
	SiteAdmin                bool
	StarredAt                *string
}

func (v *benchUser) decode(d *decoder) {
	obj := d.object()
	for obj.next() {
		switch string(obj.key) {
		case "login":
			decodeString(&v.Login, d)
		case "id":
			decodeInt64(&v.ID, d)
		case "node_id":
			decodeString(&v.NodeID, d)
		case "avatar_url":
			decodeString(&v.AvatarURL, d)
		case "gravatar_id":
			decodeOptString(&v.GravatarID, d)
		case "url":
			decodeString(&v.URL, d)
		case "html_url":
			decodeOptString(&v.HTMLURL, d)
		case "followers_url":
			decodeOptString(&v.FollowersURL, d)
		case "type":
			decodeString(&v.Type, d)
		case "site_admin":
			decodeBool(&v.SiteAdmin, d)
		case "starred_at":
			decodeOptString(&v.StarredAt, d)
		default:
			obj.skip()
		}
	}
}

type benchLabel struct {
	ID                                    int64
	NodeID, URL, Name, Description, Color *string
	Default                               bool
}

func (v *benchLabel) decode(d *decoder) {
	obj := d.object()
	for obj.next() {
		switch string(obj.key) {
		case "id":
			decodeInt64(&v.ID, d)
		case "node_id":
			decodeOptString(&v.NodeID, d)
		case "url":
			decodeOptString(&v.URL, d)
		case "name":
			decodeOptString(&v.Name, d)
		case "description":
			decodeOptString(&v.Description, d)
		case "color":
			decodeOptString(&v.Color, d)
		case "default":
			decodeBool(&v.Default, d)
		default:
			obj.skip()
		}
	}
}

type benchReact struct {
	URL                         string
	Total, Laugh, Heart, Rocket int64
}

func (v *benchReact) decode(d *decoder) {
	obj := d.object()
	for obj.next() {
		switch string(obj.key) {
		case "url":
			decodeString(&v.URL, d)
		case "total_count":
			decodeInt64(&v.Total, d)
		case "laugh":
			decodeInt64(&v.Laugh, d)
		case "heart":
			decodeInt64(&v.Heart, d)
		case "rocket":
			decodeInt64(&v.Rocket, d)
		default:
			obj.skip()
		}
	}
}

type benchIssue struct {
	ID                                          int64
	NodeID, URL                                 string
	RepositoryURL, LabelsURL, CommentsURL, HTML *string
	Number                                      int64
	State                                       string
	StateReason                                 *string
	Title                                       string
	Body                                        *string
	User                                        benchUser
	Labels                                      []benchLabel
	Assignee                                    *benchUser
	Assignees                                   []benchUser
	Locked                                      bool
	ALR                                         *string
	Comments                                    int64
	ClosedAt                                    *time.Time
	CreatedAt, UpdatedAt                        time.Time
	Draft                                       bool
	Score                                       float64
	Reactions                                   *benchReact
}

func (v *benchIssue) decode(d *decoder) {
	obj := d.object()
	for obj.next() {
		switch string(obj.key) {
		case "id":
			decodeInt64(&v.ID, d)
		case "node_id":
			decodeString(&v.NodeID, d)
		case "url":
			decodeString(&v.URL, d)
		case "repository_url":
			decodeOptString(&v.RepositoryURL, d)
		case "labels_url":
			decodeOptString(&v.LabelsURL, d)
		case "comments_url":
			decodeOptString(&v.CommentsURL, d)
		case "html_url":
			decodeOptString(&v.HTML, d)
		case "number":
			decodeInt64(&v.Number, d)
		case "state":
			decodeString(&v.State, d)
		case "state_reason":
			decodeOptString(&v.StateReason, d)
		case "title":
			decodeString(&v.Title, d)
		case "body":
			decodeOptString(&v.Body, d)
		case "user":
			v.User.decode(d)
		case "labels":
			decodeList(&v.Labels, d, (*benchLabel).decode)
		case "assignee":
			decodeOptional(&v.Assignee, d, (*benchUser).decode)
		case "assignees":
			decodeList(&v.Assignees, d, (*benchUser).decode)
		case "locked":
			decodeBool(&v.Locked, d)
		case "active_lock_reason":
			decodeOptString(&v.ALR, d)
		case "comments":
			decodeInt64(&v.Comments, d)
		case "closed_at":
			decodeOptional(&v.ClosedAt, d, decodeTime)
		case "created_at":
			decodeTime(&v.CreatedAt, d)
		case "updated_at":
			decodeTime(&v.UpdatedAt, d)
		case "draft":
			decodeBool(&v.Draft, d)
		case "score":
			decodeFloat64(&v.Score, d)
		case "reactions":
			decodeOptional(&v.Reactions, d, (*benchReact).decode)
		default:
			obj.skip()
		}
	}
}

func (v *benchUser) encode(e *encoder) {
	e.objectStart()
	e.string("login", v.Login)
	e.int64("id", v.ID)
	e.string("node_id", v.NodeID)
	e.string("avatar_url", v.AvatarURL)
	e.optString("gravatar_id", v.GravatarID)
	e.string("url", v.URL)
	e.optString("html_url", v.HTMLURL)
	e.optString("followers_url", v.FollowersURL)
	e.string("type", v.Type)
	e.bool("site_admin", v.SiteAdmin)
	e.optString("starred_at", v.StarredAt)
	e.objectEnd()
}

func (v *benchLabel) encode(e *encoder) {
	e.objectStart()
	e.int64("id", v.ID)
	e.optString("node_id", v.NodeID)
	e.optString("url", v.URL)
	e.optString("name", v.Name)
	e.optString("description", v.Description)
	e.optString("color", v.Color)
	e.bool("default", v.Default)
	e.objectEnd()
}

func (v *benchReact) encode(e *encoder) {
	e.objectStart()
	e.string("url", v.URL)
	e.int64("total_count", v.Total)
	e.int64("laugh", v.Laugh)
	e.int64("heart", v.Heart)
	e.int64("rocket", v.Rocket)
	e.objectEnd()
}

func (v *benchIssue) encode(e *encoder) {
	e.objectStart()
	e.int64("id", v.ID)
	e.string("node_id", v.NodeID)
	e.string("url", v.URL)
	e.optString("repository_url", v.RepositoryURL)
	e.optString("labels_url", v.LabelsURL)
	e.optString("comments_url", v.CommentsURL)
	e.optString("html_url", v.HTML)
	e.int64("number", v.Number)
	e.string("state", v.State)
	e.optString("state_reason", v.StateReason)
	e.string("title", v.Title)
	e.optString("body", v.Body)
	v.User.encode(e.key("user"))
	encodeList(&v.Labels, e.key("labels"), (*benchLabel).encode)
	encodeOptional(e, "assignee", v.Assignee, (*benchUser).encode)
	encodeOptList(e, "assignees", v.Assignees, (*benchUser).encode)
	e.bool("locked", v.Locked)
	e.optString("active_lock_reason", v.ALR)
	e.int64("comments", v.Comments)
	encodePointer(&v.ClosedAt, e.key("closed_at"), encodeTime)
	encodeTime(&v.CreatedAt, e.key("created_at"))
	encodeTime(&v.UpdatedAt, e.key("updated_at"))
	e.bool("draft", v.Draft)
	e.float64("score", v.Score)
	encodeOptional(e, "reactions", v.Reactions, (*benchReact).encode)
	e.objectEnd()
}

func BenchmarkDecode(b *testing.B) {
	data := issuesJSON(b, 100)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		d := &decoder{data: data}
		var v []benchIssue
		if err := d.run(func(d *decoder) { decodeList(&v, d, (*benchIssue).decode) }); err != nil {
			b.Fatal(err)
		}
	}
}

func benchIssues(b *testing.B) ([]byte, []benchIssue) {
	data := issuesJSON(b, 100)
	var v []benchIssue
	if err := unmarshal(data, func(d *decoder) { decodeList(&v, d, (*benchIssue).decode) }); err != nil {
		b.Fatal(err)
	}
	return data, v
}

func BenchmarkEncode(b *testing.B) {
	_, v := benchIssues(b)
	b.ReportAllocs()
	for b.Loop() {
		data, err := marshal(func(e *encoder) { encodeList(&v, e, (*benchIssue).encode) })
		if err != nil {
			b.Fatal(err)
		}
		b.SetBytes(int64(len(data)))
	}
}

func BenchmarkEncodeStd(b *testing.B) {
	_, v := benchIssues(b)
	b.ReportAllocs()
	for b.Loop() {
		data, err := json.Marshal(v)
		if err != nil {
			b.Fatal(err)
		}
		b.SetBytes(int64(len(data)))
	}
}

func BenchmarkDecodeStd(b *testing.B) {
	data := issuesJSON(b, 100)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		var v []benchIssue
		if err := json.Unmarshal(data, &v); err != nil {
			b.Fatal(err)
		}
	}
}
