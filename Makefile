# make generate   the main job: the clients that gen.yaml lists, into generated/
# make check      are the committed clients what would be generated?
# make golden     rewrite the golden cases after a change of the generated code
# make lint       gofmt, go vet, staticcheck
# make test       every test
# make vulnerabilities   known ones in what the code calls, where the database can be reached
# make session    play the first five minutes of a new user in tmux and record them in README.md
# make e2e        the generated clients against an independent server (needs Node.js)
# make bench      this project and its peers side by side; STAGES=decode,call RUNS=10 for less
# make race       what runs in clients, hostile servers included, watched for data races
# make fuzz       both fuzz targets, TIME=10m each, and a note of how much they tried
# make reliability   docs/reliability.md, with the figures of the tests behind it
# make corpus CORPUS=DIR   every document in DIR: generate, compile, vet, print a table
# make directory DIR=...   every document below DIR: generate and type-check; for large collections.
#                          CALL=1 compiles the clients and calls each operation once
# make evolve     1,000 random changes of made-up documents and of real ones: calling code must not break; CHANGES=100 SEED=7 for others

GO ?= go
FIGURES = $(CURDIR)/docs/figures

.PHONY: generate check golden lint vulnerabilities test race e2e bench corpus directory session evolve fuzz reliability

generate:
	$(GO) run ./cmd/gen generate

check:
	$(GO) run ./cmd/gen check --full

golden:
	$(GO) test ./golden -update
	$(GO) test ./internal/evolve -run TestHistory -update

lint:
	@unformatted=$$(gofmt -l $$($(GO) list -f '{{.Dir}}' ./...)); \
	if [ -n "$$unformatted" ]; then echo "not formatted by gofmt:"; echo "$$unformatted"; exit 1; fi
	$(GO) vet ./...
	$(GO) tool -modfile=tools/go.mod staticcheck ./...
	cd bench && $(GO) vet . ./internal/... # its module requires what this one does

vulnerabilities:
	.ci/vulnerabilities

test:
	$(GO) test -timeout 20m ./...

session:
	$(GO) run ./internal/session

e2e:
	./e2e/run.sh

bench:
	cd bench && $(GO) run . -stages "$(STAGES)" -runs "$(or $(RUNS),0)" -shared "$(or $(SHARED),../../shared)"

corpus:
	@test -n "$(CORPUS)" || { echo "usage: make corpus CORPUS=DIR"; exit 2; }
	$(GO) run ./internal/corpus $(CORPUS)

directory:
	@test -n "$(DIR)" || { echo "usage: make directory DIR=... [CALL=ROUNDS]"; exit 2; }
	$(GO) run ./internal/directory $(if $(CALL),-call $(CALL) -figures $(FIGURES)) $(DIR)

evolve:
	$(GO) test ./internal/evolve -run TestEvolve -v -timeout 2h -changes $(or $(CHANGES),1000) -seed $(or $(SEED),$(shell date +%s))

# The tests with -figures try everything, and leave what they count there.
reliability:
	@mkdir -p $(FIGURES)
	$(GO) test ./internal/hostile -run 'TestPoison|TestReferences|TestDamaged|TestDuplicateKeys|TestBombs' -count=1 -timeout 60m -args -figures=$(FIGURES)
	$(GO) test ./proof -run TestHostile -count=1 -timeout 20m -args -figures=$(FIGURES)
	@if [ -d internal/examples ]; then $(GO) test ./internal/examples -count=1 -timeout 60m -args -rounds 10 -figures=$(FIGURES); fi
	@if [ -d internal/suite ]; then $(GO) test ./internal/suite -count=1 -timeout 60m -args -figures=$(FIGURES)/suite.json; fi
	$(GO) run ./internal/reliability page $(FIGURES) docs/reliability.md

fuzz:
	@mkdir -p $(FIGURES)
	$(GO) test ./internal/hostile -run '^$$' -fuzz FuzzGenerate -fuzztime $(or $(TIME),10m) -fuzzminimizetime 0 | tee $(FIGURES)/generate.log
	$(GO) test ./proof -run '^$$' -fuzz FuzzDecode -fuzztime $(or $(TIME),10m) -fuzzminimizetime 0 | tee $(FIGURES)/decode.log
	$(GO) run ./internal/reliability record $(FIGURES) $(FIGURES)/generate.log $(FIGURES)/decode.log
	@rm $(FIGURES)/generate.log $(FIGURES)/decode.log

race:
	$(GO) test -race -timeout 15m ./templates/... ./proof
