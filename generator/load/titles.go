package load

import (
	"path"
	"strings"
)

// nameByTitle gives schemas that are no more than numbered, def-0 and so on, the name in their
// title: @fastify/swagger writes them so, and the number of each depends on what others there are.
func (r *repairer) nameByTitle() {
	schemas := r.ctx.main.root.get("components").get("schemas")
	taken := map[string]int{}
	titles := map[int]string{}
	for i, m := range schemas.members() {
		taken[m.key]++
		number, ok := strings.CutPrefix(m.key, "def-")
		title, _ := m.val.str("title")
		if ok && number != "" && digits(number) == len(number) && title != "" {
			name := cleanName(strings.TrimSuffix(path.Base(strings.TrimSuffix(title, "#")), ".json"))
			titles[i] = name
			taken[name]++
		}
	}
	for i, name := range titles {
		if name != "" && taken[name] == 1 {
			schemas.kids[i].key = name
			schemas.kids[i].val.remove("title")
		}
	}
}
