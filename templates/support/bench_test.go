package support

import (
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
