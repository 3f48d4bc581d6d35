package load

import (
	"path"
	"strings"

	"github.com/seed-a7989e22/apigen/generator/diag"
)

// nameByTitle gives schemas that are no more than numbered, def-0 and so on, the name in their
// title: @fastify/swagger writes them so, and the number of each depends on what others there are.
// It is by the title that they are known later on, even if another schema gets that name.
func (r *repairer) nameByTitle() {
	schemas := r.ctx.main.root.get("components").get("schemas")
	taken, titled := map[string]bool{}, map[string]int{}
	titles := map[int]string{}
	for i, m := range schemas.members() {
		taken[m.key] = true
		number, ok := strings.CutPrefix(m.key, "def-")
		title, _ := m.val.str("title")
		if ok && number != "" && digits(number) == len(number) && title != "" {
			name := cleanName(strings.TrimSuffix(path.Base(strings.TrimSuffix(title, "#")), ".json"))
			titles[i] = name
			titled[name]++
		}
	}
	for i, name := range titles {
		if name == "" || titled[name] > 1 {
			continue
		}
		m := &schemas.kids[i]
		if !taken[name] {
			m.key = name
			m.val.remove("title")
		}
		r.ctx.homes["/components/schemas/"+diag.EscapeToken(m.key)] = "/components/schemas/def-:" + name
	}
}
