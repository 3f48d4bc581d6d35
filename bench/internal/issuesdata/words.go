package issuesdata

import "strings"

// The words that the data is made of. They are read only.
var (
	repositories = []string{"example/compiler", "example/web-console", "example/storage-engine", "tools/linter"}
	logins       = []string{
		"ana-lovelace", "bgrace", "chi-ndu", "dvorak", "e_noether", "fhopper", "gosling7", "h-curie", "ivan-k", "jturing",
		"release-bot", "dependency-bot", "maria-mitchell", "n0ether", "octavia", "ptolemy-x",
	}
	labels = []string{
		"bug", "enhancement", "good first issue", "help wanted", "needs investigation", "priority: high", "performance",
		"documentation", "waiting for info", "platform/windows", "c++", "🚀 release blocker",
	}
	areas = []string{
		"cmd/compile", "net/http", "runtime", "storage/wal", "console", "internal/poll", "encoding/json", "docs", "ci",
		"x/tools/gopls", "api/v2", "scheduler",
	}
	headings = []string{"What happened?", "Steps to reproduce", "Expected behaviour", "Proposal", "Version & environment"}
	foreign  = []string{
		"Größe und Fülle: die Prüfung schlägt fehl, sobald über 1 000 Einträge da sind – „immer“.",
		"サーバーが応答しない場合、接続が閉じられません。再現手順は以下の通りです。",
		"Сообщение об ошибке теряется, если путь содержит кириллицу: C:\\Пользователи\\Иван\\проект",
		"升级之后内存占用一直增长 😕，请看附件中的 \"heap.out\"。",
		"Ça marche à l'œil nu, mais l'encodage <tt>&amp;</tt> n'est pas respecté\u2028ici.",
	}
	vocabulary = strings.Fields(`the a an when while after before with without request response server client connection
		timeout buffer allocation goroutine mutex channel error returns panics hangs fails occasionally always never under
		load heavy empty nil slice map pointer interface value handler context cancelled deadline exceeded parser token
		unexpected "quoted" <html> configuration flag option default behaviour documented release version upgrade from to
		and or not in on of is was should would could large small file directory path windows linux macOS arm64 amd64
		benchmark profile trace shows regression compared stable previous build cache module dependency import cycle`)
)
