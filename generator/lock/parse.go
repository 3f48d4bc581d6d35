package lock

import (
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/semver"

	"github.com/seed-a7989e22/apigen/generator/diag"
	"github.com/seed-a7989e22/apigen/generator/ir"
	"github.com/seed-a7989e22/apigen/generator/naming"
)

// Parse reads the lock in data, the content of file. Findings go to diags; the
// result is usable only when there is no error among them. What a generator
// newer than version has written may not be understood.
func Parse(file string, data []byte, version string, diags *diag.List) *Lock {
	p := &parser{file: file, version: version, diags: diags, lock: &Lock{Names: ir.Names{}}, declared: map[string]int{}}
	for text := range strings.Lines(string(data)) {
		p.number++
		text = strings.TrimRight(text, "\r\n")
		if text == "" || text[0] == '#' {
			continue
		}
		if !p.line(text) {
			break
		}
	}
	if p.lock.Generator == "" && !diags.HasErrors() {
		p.number = 1
		p.errorf(1, "this is not a file that gen has written: the line with the generator is missing; %s", p.advice())
	}
	return p.lock
}

// parser is the state of one Parse.
type parser struct {
	file    string
	version string
	diags   *diag.List
	lock    *Lock
	number  int // of the line
	at      string
	// declared are the lines with names of the package.
	declared map[string]int
}

func (p *parser) errorf(col int, format string, args ...any) {
	p.diags.Errorf(diag.Pos{File: p.file, Line: p.number, Col: col}, "lock", format, args...)
}

// newer reports whether a newer generator has written the file.
func (p *parser) newer() bool { return semver.Compare(p.lock.Generator, p.version) > 0 }

// Tool is the path of the command, for go get.
const Tool = "github.com/seed-a7989e22/apigen/cmd/gen"

// strange reports that something is not as this generator writes it; false
// means that the other lines are not worth reading.
func (p *parser) strange(col int, problem string) bool {
	if p.newer() {
		p.errorf(col, "the newer gen %s has written this file, which gen %s does not understand; go get -tool %s@%[1]s brings that version", p.lock.Generator, p.version, Tool)
		return false
	}
	p.errorf(col, "%s; %s", problem, p.advice())
	return true
}

func (p *parser) advice() string {
	return "restore the file from version control, or remove it to have all names made anew"
}

// line reads a line; false means that the others are not worth reading.
func (p *parser) line(text string) bool {
	for _, mark := range []string{"<<<<<<<", "=======", ">>>>>>>", "|||||||"} {
		if strings.HasPrefix(text, mark) {
			p.errorf(1, "a merge conflict is left here: keep the lines of both sides without the marks, and run gen generate")
			return false
		}
	}
	rest, indented := strings.CutPrefix(text, "\t")
	words, col, problem := split(rest)
	if problem != "" {
		p.strange(len(text)-len(rest)+col, problem)
		return false
	}
	switch {
	case indented:
		return p.name(words)
	case len(words) == 1 && strings.HasPrefix(words[0], "/"):
		p.at = words[0]
	default:
		return p.head(words)
	}
	return true
}

// head reads a line of the head.
func (p *parser) head(words []string) bool {
	switch {
	case len(words) == 2 && words[0] == wordGenerator:
		p.lock.Generator = words[1]
	case len(words) == 2 && words[0] == wordConfig:
		p.lock.Config = words[1]
	case len(words) == 2 && words[0] == wordPackage:
		p.lock.Package = words[1]
	case len(words) == 3 && words[0] == wordInput:
		p.lock.Inputs = append(p.lock.Inputs, Input{Name: words[1], Sum: words[2]})
	default:
		p.strange(1, "the line is not understood")
		return false
	}
	return true
}

// name reads a line with a name; false means that the others are not worth
// reading.
func (p *parser) name(words []string) bool {
	o := ir.Origin{Pointer: p.at, Part: ir.Part(words[0])}
	name := words[len(words)-1]
	switch {
	case p.at == "":
		return p.strange(1, "a name must stand below the place that it belongs to")
	case !o.Part.Known() || len(words) < 2 || len(words) > 3:
		return p.strange(2, "the line is not understood: it should have a part such as type or field, a key where there are several, and a name")
	case len(words) == 3:
		o.Key = words[1]
	}
	if problem := check(o.Part, name); problem != "" {
		p.errorf(2, "%s", problem)
		return true
	}
	if _, twice := p.lock.Names[o]; twice && o.Part == ir.PartSum {
		return true // of both sides of a merge; whether it fits is a matter of the document
	} else if twice {
		p.errorf(2, "this place has a %s already, further up; remove one of the lines", strings.TrimSpace(string(o.Part)+" "+o.Key))
		return true
	}
	if line, taken := p.declared[name]; taken && o.Part.InPackage() {
		p.errorf(2, "the name %s is given twice, at line %d too; change or remove one of the lines", name, line)
		return true
	}
	if o.Part.InPackage() {
		p.declared[name] = p.number
	}
	p.lock.Names[o] = name
	return true
}

// check tells what is wrong with a name.
func check(part ir.Part, name string) string {
	list := []string{name}
	switch part {
	case ir.PartMedia, ir.PartKind, ir.PartItems, ir.PartSum:
		return ""
	case ir.PartService:
		list = strings.Split(name, ".")
	}
	for _, one := range list {
		if !naming.IsIdentifier(one) {
			return fmt.Sprintf("%.60q is not an exported Go identifier", one)
		}
	}
	return ""
}

// split returns the words of a line; a problem is at a column, from 1 on.
func split(text string) (words []string, col int, problem string) {
	for rest := text; ; {
		col = len(text) - len(rest) + 1
		if rest == "" || rest[0] == ' ' {
			return nil, col, "a word is missing"
		}
		word, after, _ := strings.Cut(rest, " ")
		if rest[0] == '"' {
			quoted, err := strconv.QuotedPrefix(rest)
			if err != nil {
				return nil, col, "the quotes do not end"
			}
			after, word = rest[len(quoted):], ""
			if after != "" && after[0] != ' ' {
				return nil, col + len(quoted), "a blank is missing"
			}
			after = strings.TrimPrefix(after, " ")
			if word, err = strconv.Unquote(quoted); err != nil {
				return nil, col, "the quotes are broken"
			}
			words = append(words, word)
			if len(quoted) == len(rest) {
				return words, 0, ""
			}
			rest = after
			continue
		}
		words = append(words, word)
		if len(word) == len(rest) {
			return words, 0, ""
		}
		rest = after
	}
}
