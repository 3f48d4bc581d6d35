package support

import (
	"encoding/json"
	"testing"
	"time"
)

// The types below are what the generator makes of a document with issues.

type benchUser struct {
	Login        string // Length: 1 to 39.
	ID           int64
	NodeID       string
	AvatarURL    string
	GravatarID   Nullable[string]
	URL          string
	HTMLURL      *string
	FollowersURL *string
	Type         benchUserType
	SiteAdmin    bool
	StarredAt    *string
}

type benchLabel struct {
	ID          *int64
	NodeID      *string
	URL         *string
	Name        *string
	Description Nullable[string]
	Color       *string
	Default     *bool
}

type benchReactions struct {
	URL        string
	TotalCount int64
	Laugh      int64
	Heart      *int64
	Rocket     *int64
}

type benchIssue struct {
	ID               int64
	NodeID           string
	URL              string
	RepositoryURL    *string
	LabelsURL        *string
	CommentsURL      *string
	HTMLURL          *string
	Number           int64 // Range: at least 1.
	State            benchIssueState
	StateReason      Nullable[benchIssueStateReason]
	Title            string // Length: at most 256.
	Body             Nullable[string]
	User             benchUser
	Labels           []benchLabel
	Assignee         *benchUser
	Assignees        []benchUser
	Locked           bool
	ActiveLockReason Nullable[string]
	Comments         int64
	ClosedAt         Nullable[time.Time]
	CreatedAt        time.Time
	UpdatedAt        time.Time
	Draft            *bool
	Score            *float64
	Reactions        *benchReactions
}

type benchUserType string

const (
	benchUserTypeUser         benchUserType = "User"
	benchUserTypeBot          benchUserType = "Bot"
	benchUserTypeOrganization benchUserType = "Organization"
)

func (v benchUserType) Valid() bool {
	return v == benchUserTypeUser || v == benchUserTypeBot || v == benchUserTypeOrganization
}
func (benchUserType) Values() []benchUserType {
	return []benchUserType{benchUserTypeUser, benchUserTypeBot, benchUserTypeOrganization}
}

type benchIssueState string

const (
	benchIssueStateOpen   benchIssueState = "open"
	benchIssueStateClosed benchIssueState = "closed"
)

func (v benchIssueState) Valid() bool { return v == benchIssueStateOpen || v == benchIssueStateClosed }
func (benchIssueState) Values() []benchIssueState {
	return []benchIssueState{benchIssueStateOpen, benchIssueStateClosed}
}

type benchIssueStateReason string

const (
	benchIssueStateReasonCompleted  benchIssueStateReason = "completed"
	benchIssueStateReasonReopened   benchIssueStateReason = "reopened"
	benchIssueStateReasonNotPlanned benchIssueStateReason = "not_planned"
)

func (v benchIssueStateReason) Valid() bool {
	return v == benchIssueStateReasonCompleted || v == benchIssueStateReasonReopened || v == benchIssueStateReasonNotPlanned
}
func (benchIssueStateReason) Values() []benchIssueStateReason {
	return []benchIssueStateReason{benchIssueStateReasonCompleted, benchIssueStateReasonReopened,
		benchIssueStateReasonNotPlanned}
}
func (v benchUser) MarshalJSON() ([]byte, error)  { return marshal(&v) }
func (v *benchUser) UnmarshalJSON(b []byte) error { return unmarshal(b, v) }
func (v *benchUser) Validate() error              { return validate(v) }

func (v *benchUser) decode(d *decoder) {
	for obj := d.object("login id node_id avatar_url url type site_admin"); obj.next(); {
		switch obj.name() {
		case "login":
			v.Login = d.string()
		case "id":
			v.ID = d.int64()
		case "node_id":
			v.NodeID = d.string()
		case "avatar_url":
			v.AvatarURL = d.string()
		case "gravatar_id":
			v.GravatarID = nullable(d, (*decoder).string)
		case "url":
			v.URL = d.string()
		case "html_url":
			v.HTMLURL = d.optString()
		case "followers_url":
			v.FollowersURL = d.optString()
		case "type":
			v.Type = benchUserType(d.string())
		case "site_admin":
			v.SiteAdmin = d.bool()
		case "starred_at":
			v.StarredAt = d.optString()
		}
	}
}

func (v *benchUser) encode(e *encoder) {
	e.objectStart()
	e.string("login", v.Login)
	e.int64("id", v.ID)
	e.string("node_id", v.NodeID)
	e.string("avatar_url", v.AvatarURL)
	encodeNullable(e, "gravatar_id", v.GravatarID, (*encoder).quoted)
	e.string("url", v.URL)
	e.optString("html_url", v.HTMLURL)
	e.optString("followers_url", v.FollowersURL)
	e.string("type", string(v.Type))
	e.bool("site_admin", v.SiteAdmin)
	e.optString("starred_at", v.StarredAt)
	e.objectEnd()
}

func (v *benchUser) validate(c *checker) {
	c.string("/login", v.Login).required().minLength(1).maxLength(39)
	c.string("/node_id", v.NodeID).required()
	c.string("/avatar_url", v.AvatarURL).required()
	c.string("/url", v.URL).required()
	c.enum("/type", v.Type != "", v.Type.Valid())
}

func (v benchLabel) MarshalJSON() ([]byte, error)  { return marshal(&v) }
func (v *benchLabel) UnmarshalJSON(b []byte) error { return unmarshal(b, v) }

func (v *benchLabel) decode(d *decoder) {
	for obj := d.object(""); obj.next(); {
		switch obj.name() {
		case "id":
			v.ID = d.optInt64()
		case "node_id":
			v.NodeID = d.optString()
		case "url":
			v.URL = d.optString()
		case "name":
			v.Name = d.optString()
		case "description":
			v.Description = nullable(d, (*decoder).string)
		case "color":
			v.Color = d.optString()
		case "default":
			v.Default = d.optBool()
		}
	}
}

func (v *benchLabel) encode(e *encoder) {
	e.objectStart()
	e.optInt64("id", v.ID)
	e.optString("node_id", v.NodeID)
	e.optString("url", v.URL)
	e.optString("name", v.Name)
	encodeNullable(e, "description", v.Description, (*encoder).quoted)
	e.optString("color", v.Color)
	e.optBool("default", v.Default)
	e.objectEnd()
}

func (v benchReactions) MarshalJSON() ([]byte, error)  { return marshal(&v) }
func (v *benchReactions) UnmarshalJSON(b []byte) error { return unmarshal(b, v) }
func (v *benchReactions) Validate() error              { return validate(v) }

func (v *benchReactions) decode(d *decoder) {
	for obj := d.object("url total_count laugh"); obj.next(); {
		switch obj.name() {
		case "url":
			v.URL = d.string()
		case "total_count":
			v.TotalCount = d.int64()
		case "laugh":
			v.Laugh = d.int64()
		case "heart":
			v.Heart = d.optInt64()
		case "rocket":
			v.Rocket = d.optInt64()
		}
	}
}

func (v *benchReactions) encode(e *encoder) {
	e.objectStart()
	e.string("url", v.URL)
	e.int64("total_count", v.TotalCount)
	e.int64("laugh", v.Laugh)
	e.optInt64("heart", v.Heart)
	e.optInt64("rocket", v.Rocket)
	e.objectEnd()
}
func (v *benchReactions) validate(c *checker) { c.string("/url", v.URL).required() }

func (v benchIssue) MarshalJSON() ([]byte, error)  { return marshal(&v) }
func (v *benchIssue) UnmarshalJSON(b []byte) error { return unmarshal(b, v) }
func (v *benchIssue) Validate() error              { return validate(v) }

func (v *benchIssue) decode(d *decoder) {
	for obj := d.object("id node_id url number state title user labels locked comments created_at updated_at"); obj.next(); {
		switch obj.name() {
		case "id":
			v.ID = d.int64()
		case "node_id":
			v.NodeID = d.string()
		case "url":
			v.URL = d.string()
		case "repository_url":
			v.RepositoryURL = d.optString()
		case "labels_url":
			v.LabelsURL = d.optString()
		case "comments_url":
			v.CommentsURL = d.optString()
		case "html_url":
			v.HTMLURL = d.optString()
		case "number":
			v.Number = d.int64()
		case "state":
			v.State = benchIssueState(d.string())
		case "state_reason":
			v.StateReason = nullable(d, decodeEnum[benchIssueStateReason])
		case "title":
			v.Title = d.string()
		case "body":
			v.Body = nullable(d, (*decoder).string)
		case "user":
			v.User.decode(d)
		case "labels":
			v.Labels = decodeList[benchLabel](d)
		case "assignee":
			v.Assignee = decodeOptional(d, new(benchUser))
		case "assignees":
			v.Assignees = decodeList[benchUser](d)
		case "locked":
			v.Locked = d.bool()
		case "active_lock_reason":
			v.ActiveLockReason = nullable(d, (*decoder).string)
		case "comments":
			v.Comments = d.int64()
		case "closed_at":
			v.ClosedAt = nullable(d, (*decoder).time)
		case "created_at":
			v.CreatedAt = d.time()
		case "updated_at":
			v.UpdatedAt = d.time()
		case "draft":
			v.Draft = d.optBool()
		case "score":
			v.Score = d.optFloat64()
		case "reactions":
			v.Reactions = decodeOptional(d, new(benchReactions))
		}
	}
}

func (v *benchIssue) encode(e *encoder) {
	e.objectStart()
	e.int64("id", v.ID)
	e.string("node_id", v.NodeID)
	e.string("url", v.URL)
	e.optString("repository_url", v.RepositoryURL)
	e.optString("labels_url", v.LabelsURL)
	e.optString("comments_url", v.CommentsURL)
	e.optString("html_url", v.HTMLURL)
	e.int64("number", v.Number)
	e.string("state", string(v.State))
	encodeNullable(e, "state_reason", v.StateReason, encodeEnum[benchIssueStateReason])
	e.string("title", v.Title)
	encodeNullable(e, "body", v.Body, (*encoder).quoted)
	v.User.encode(e.key("user"))
	e.key("labels").elems(len(v.Labels), func(i int) { v.Labels[i].encode(e) })
	e.optional("assignee", v.Assignee)
	e.optKey("assignees", v.Assignees != nil).elems(len(v.Assignees), func(i int) { v.Assignees[i].encode(e) })
	e.bool("locked", v.Locked)
	encodeNullable(e, "active_lock_reason", v.ActiveLockReason, (*encoder).quoted)
	e.int64("comments", v.Comments)
	encodeNullable(e, "closed_at", v.ClosedAt, (*encoder).time)
	e.key("created_at").time(v.CreatedAt)
	e.key("updated_at").time(v.UpdatedAt)
	e.optBool("draft", v.Draft)
	e.optFloat64("score", v.Score)
	e.optional("reactions", v.Reactions)
	e.objectEnd()
}

func (v *benchIssue) validate(c *checker) {
	c.string("/node_id", v.NodeID).required()
	c.string("/url", v.URL).required()
	c.int64("/number", v.Number).min(1)
	c.enum("/state", v.State != "", v.State.Valid())
	checkNullable(v.StateReason, func(x benchIssueStateReason) { c.listed("/state_reason", x.Valid()) })
	c.string("/title", v.Title).required().maxLength(256)
	c.in("/user", &v.User)
	c.in("/assignee", v.Assignee)
	c.each("/assignees", len(v.Assignees), func(i int) { v.Assignees[i].validate(c) })
	c.required("/created_at", !v.CreatedAt.IsZero())
	c.required("/updated_at", !v.UpdatedAt.IsZero())
	c.in("/reactions", v.Reactions)
}

func decodeIssues(d *decoder) []benchIssue { return decodeList[benchIssue](d) }

func benchIssues(tb testing.TB) ([]byte, []benchIssue) {
	data := issuesJSON(tb, 100)
	var v []benchIssue
	if err := (&decoder{data: data}).run(func(d *decoder) { v = decodeIssues(d) }); err != nil {
		tb.Fatal(err)
	}
	return data, v
}

func BenchmarkDecode(b *testing.B) {
	data := issuesJSON(b, 100)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if err := (&decoder{data: data}).run(func(d *decoder) { decodeIssues(d) }); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkValidate(b *testing.B) {
	_, v := benchIssues(b)
	b.ReportAllocs()
	for b.Loop() {
		c := &checker{}
		if c.each("", len(v), func(i int) { v[i].validate(c) }); c.err() != nil {
			b.Fatal(c.err())
		}
	}
}

func BenchmarkEncode(b *testing.B) {
	_, v := benchIssues(b)
	b.ReportAllocs()
	for b.Loop() {
		data, err := encodeJSON(func(e *encoder) { e.elems(len(v), func(i int) { v[i].encode(e) }) }, true)
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
		var v []map[string]any
		if err := json.Unmarshal(data, &v); err != nil {
			b.Fatal(err)
		}
	}
}
