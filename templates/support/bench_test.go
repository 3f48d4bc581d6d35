package support

import (
	"encoding/json"
	"testing"
	"time"
)

// The types below are what the generator makes of a document with issues.

type benchUser struct {
	Login        string           `json:"login"` // Length: 1 to 39.
	ID           int64            `json:"id"`
	NodeID       string           `json:"node_id"`
	AvatarURL    string           `json:"avatar_url"`
	GravatarID   Nullable[string] `json:"gravatar_id,omitzero"`
	URL          string           `json:"url"`
	HTMLURL      *string          `json:"html_url,omitzero"`
	FollowersURL *string          `json:"followers_url,omitzero"`
	Type         benchUserType    `json:"type"`
	SiteAdmin    bool             `json:"site_admin"`
	StarredAt    *string          `json:"starred_at,omitzero"`
}

type benchLabel struct {
	ID          *int64           `json:"id,omitzero"`
	NodeID      *string          `json:"node_id,omitzero"`
	URL         *string          `json:"url,omitzero"`
	Name        *string          `json:"name,omitzero"`
	Description Nullable[string] `json:"description,omitzero"`
	Color       *string          `json:"color,omitzero"`
	Default     *bool            `json:"default,omitzero"`
}

type benchReactions struct {
	URL        string `json:"url"`
	TotalCount int64  `json:"total_count"`
	Laugh      int64  `json:"laugh"`
	Heart      *int64 `json:"heart,omitzero"`
	Rocket     *int64 `json:"rocket,omitzero"`
}

type benchIssue struct {
	ID               int64                           `json:"id"`
	NodeID           string                          `json:"node_id"`
	URL              string                          `json:"url"`
	RepositoryURL    *string                         `json:"repository_url,omitzero"`
	LabelsURL        *string                         `json:"labels_url,omitzero"`
	CommentsURL      *string                         `json:"comments_url,omitzero"`
	HTMLURL          *string                         `json:"html_url,omitzero"`
	Number           int64                           `json:"number"` // Range: at least 1.
	State            benchIssueState                 `json:"state"`
	StateReason      Nullable[benchIssueStateReason] `json:"state_reason,omitzero"`
	Title            string                          `json:"title"` // Length: at most 256.
	Body             Nullable[string]                `json:"body,omitzero"`
	User             benchUser                       `json:"user"`
	Labels           []benchLabel                    `json:"labels"`
	Assignee         *benchUser                      `json:"assignee,omitzero"`
	Assignees        []benchUser                     `json:"assignees,omitzero"`
	Locked           bool                            `json:"locked"`
	ActiveLockReason Nullable[string]                `json:"active_lock_reason,omitzero"`
	Comments         int64                           `json:"comments"`
	ClosedAt         Nullable[time.Time]             `json:"closed_at,omitzero"`
	CreatedAt        time.Time                       `json:"created_at"`
	UpdatedAt        time.Time                       `json:"updated_at"`
	Draft            *bool                           `json:"draft,omitzero"`
	Score            *float64                        `json:"score,omitzero"`
	Reactions        *benchReactions                 `json:"reactions,omitzero"`
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

func (v *benchUser) validate(c *checker) {
	c.string("/login", v.Login).required().minLength(1).maxLength(39)
	c.string("/node_id", v.NodeID).required()
	c.string("/avatar_url", v.AvatarURL).required()
	c.string("/url", v.URL).required()
	c.enum("/type", v.Type != "", v.Type.Valid())
}

func (v benchLabel) MarshalJSON() ([]byte, error)  { return marshal(&v) }
func (v *benchLabel) UnmarshalJSON(b []byte) error { return unmarshal(b, v) }

func (v benchReactions) MarshalJSON() ([]byte, error)  { return marshal(&v) }
func (v *benchReactions) UnmarshalJSON(b []byte) error { return unmarshal(b, v) }
func (v *benchReactions) Validate() error              { return validate(v) }

func (v *benchReactions) validate(c *checker) { c.string("/url", v.URL).required() }

func (v benchIssue) MarshalJSON() ([]byte, error)  { return marshal(&v) }
func (v *benchIssue) UnmarshalJSON(b []byte) error { return unmarshal(b, v) }
func (v *benchIssue) Validate() error              { return validate(v) }

func (v *benchIssue) validate(c *checker) {
	c.string("/node_id", v.NodeID).required()
	c.string("/url", v.URL).required()
	c.int64("/number", v.Number).min(1)
	c.enum("/state", v.State != "", v.State.Valid())
	checkValue(v.StateReason, func(x benchIssueStateReason) { c.listed("/state_reason", x.Valid()) })
	c.string("/title", v.Title).required().maxLength(256)
	c.required("/created_at", !v.CreatedAt.IsZero())
	c.required("/updated_at", !v.UpdatedAt.IsZero())
}

func benchIssues(tb testing.TB) ([]byte, []benchIssue) {
	data := issuesJSON(tb, 100)
	var v []benchIssue
	if err := (&decoder{data: data}).decode(&v); err != nil {
		tb.Fatal(err)
	}
	return data, v
}

func BenchmarkDecode(b *testing.B) {
	data := issuesJSON(b, 100)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		var v []benchIssue
		if err := (&decoder{data: data}).decode(&v); err != nil {
			b.Fatal(err)
		}
	}
}

// benchAccount is a small response.
type benchAccount struct {
	Data *benchAccountData `json:"data,omitzero"`
}

type benchAccountData struct {
	Attributes benchAccountAttributes `json:"attributes"`
	ID         string                 `json:"id"`
	Type       string                 `json:"type"`
}

type benchAccountAttributes struct {
	Email     string   `json:"email"`
	Name      string   `json:"name"`
	Resources []string `json:"resources,omitzero"`
	Zones     []string `json:"zones,omitzero"`
}

func BenchmarkDecodeSmall(b *testing.B) {
	data := []byte(`{
  "data": {
    "attributes": {
      "email": "someone@example.com",
      "name": "a name",
      "resources": [
        "web",
        "dns",
        "lb",
        "worker"
      ],
      "zones": [
        "zone_id_1",
        "zone_id_2"
      ]
    },
    "id": "0123456789abcdef0123456789abcdef",
    "type": "accounts"
  }
}
`)
	b.ReportAllocs()
	for b.Loop() {
		d := decoders.Get().(*decoder)
		d.data = data
		err := d.decode(new(benchAccount))
		*d = decoder{plan: d.plan}
		if decoders.Put(d); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkValidate(b *testing.B) {
	_, v := benchIssues(b)
	b.ReportAllocs()
	for b.Loop() {
		c := &checker{}
		if c.check(&v); c.err() != nil {
			b.Fatal(c.err())
		}
	}
}

func BenchmarkEncode(b *testing.B) {
	_, v := benchIssues(b)
	b.ReportAllocs()
	for b.Loop() {
		data, err := encodeJSON(func(e *encoder) { e.value(&v) }, true)
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
