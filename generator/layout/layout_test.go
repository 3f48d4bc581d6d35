package layout

import (
	"bytes"
	"go/format"
	"go/scanner"
	"go/token"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestSource formats source as package emit writes it and compares with what
// go/format makes of it.
func TestSource(t *testing.T) {
	const long = "aNameOfFortyFiveCharactersThatAreManyForAName"
	tests := map[string]string{
		"spaces": `func ( p * T ) f ( a [ ] * T , b map [ string ] * T , c ... int ) ( * T , [ ] int , error ) { }`,
		"types": `type A [ ] * B
type C map [ string ] [ ] D
type E = F [ G , * H ]
type I struct { }
type J interface { }`,
		"operands":  `var x = f ( ! a , - 1 , & b . c , * d , ( * e ) ( nil ) , g [ * h ] ( i ) , j [ k ] [ l ] , m [ 1 : ] , [ 2 ] int { 1 , 2 } )`,
		"operators": `func f() { return a == b && ! c || d . e ( ) != nil || - 1 < n }`,
		"sums":      `var a , b , c = x + y , f ( x + y ) , f ( 1 , x + y ) + z [ i + 1 ]`,
		"lists": `func f() { a , b = x + y , "z"
a , b := x , y + z
a = x + y
a , b = f ( x + y ) , func ( ) { return x + y }
a , b = f ( x + y )
if a , b := x , y + z ; a {
}
}`,
		"mixed": `var a = x + y * z - f ( 1 , x * y ) == 2`,
		"fields": `type T struct {
A int
Longer * string // It is longer.
// B is.
B map [ string ] any

Embedded
c . D
F func ( int ) ( * T , error ) // It runs.
}`,
		"one field":   "type T struct {\nA int // It is one.\n}",
		"tags":        "type T struct {\nA int `json:\"a\"`\nBcd string `json:\"b\"`\n}",
		"some tags":   "type T struct {\nA int `json:\"a\"` // It is a.\nBcd string `json:\"long\"` // It is b.\nE map [ string ] any // It is e.\nF int\n// G is.\nG [ ] T \"g\"\nH I `h`\nJkl M `jkl`\nN int // It is n.\n}",
		"one tag":     "type T struct {\nA int `json:\"a\"` // It is a.\n}",
		"other tags":  "type T struct {\nA int `a`\nB `b`\nC interface {\nD ( )\n} `c`\nEF int `e\nf`\nG [ 2 ] int `g`\n}",
		"nested type": "type T struct {\nA struct {\nB int\n}\nCde int\n}",
		"methods":     "type T interface {\nf ( * int ) error\ng ( ) [ ] int\nH\n}",
		"constants": `const (
A T = "a"

// Bcd is.
Bcd T = "b" // It is.
E T = "e"
)
const one = 1
const (
f = 1
ghi = iota
)
const (
j T = 1
)
const (
k = iota
l
)`,
		"variables": "var (\na = 1\nbcd int = 2\n)",
		"one line":  "func ( A ) a ( ) { }\nfunc ( A ) bcd ( ) int { return 1 }\nfunc ( A ) e ( x int ) { f ( ) ; g ( ) }\n\nfunc h ( ) { return }",
		"too long":  `func ( v ` + long + ` ) MarshalJSON ( ) ( [ ] byte , error ) { return marshal ( & v , 1 ) }`,
		"not quite": `func ( v ` + long + ` ) MarshalJSON ( ) ( [ ] byte , error ) { return marshal ( v ) }`,
		"nested functions": `func f ( ) {
c . each ( "/assignees" , len ( x ) , func ( i int ) { c . each ( "" , len ( x [ i ] ) , func ( j int ) { x [ i ] [ j ] . validate ( c ) } ) } )
c . ` + long + ` ( func ( i int ) { c . ` + long + ` ( func ( j int ) { x [ i ] [ j ] . validate ( c ) ; return } ) } )
g ( func ( ) { a ( ) ; b ( ) ; c ( ) ; d ( ) ; e ( ) ; f ( ) } , 1 )
}`,
		"blocks": `func f ( ) {

if a , ok := b ( ) ; ok { c ( ) } else if d { e ( ) } else { }
for i := 0 ; i < n ; i ++ {


g ( )

}
for range h { continue }
}`,
		"switch": `func f ( ) {
switch v := x . ( type ) {
case A , * B ,
C :
return 1 , nil

case D :
default :
g ( )
}
}`,
		"comment in a switch": "func f ( ) {\nswitch {\n// one\ncase a :\n// two\ng ( )\n// three\n}\n}",
		"literals": `var x = operation {
Operation : Operation { ID : "a" , Service : "b" } ,
accept : "application/json" ,
errors : [ ] errorCase {
{ "404" , errorJSON [ E ] } ,
{ "5XX" , nil } ,
} ,
a : 1 ,
` + long + ` : 2 ,
bcd : 3 ,
f : func ( ) { g ( ) } ,
}`,
		"one key": "var x = T {\na : 1 ,\n}",
		"wrapped": "var x = [ ] T { A , B ,\nC , D ,\nE }",
		"wrapped sum": `func f ( ) {
for o := d . object ( "a b c " +
"d e f " +
"g" ) ; o . next ( ) ; { }
g ( 1 , "a" +
"b" )
return a ||
b ||
c
}`,
		"arguments":    "func f ( ) {\ng (\na ,\nb ,\n)\n}",
		"no comma":     "func f ( ) {\ng ( a ,\nb )\n}",
		"generic":      `func f [ K comparable , V ~ string | int ] ( m map [ K ] V ) ( v V ) { return m [ * new ( K ) ] }`,
		"channels":     `func f ( c chan int ) { go g ( ) ; defer h ( ) ; c <- 1 ; x := <- c ; select { } }`,
		"deferred":     "func f ( c * C ) {\ndefer c . conform ( & schemas , \"A\" , v . encode ) ( )\ndefer func ( ) { recover ( ) } ( )\ndefer func ( ) {\ng ( )\n} ( )\ng ( )\n}",
		"docs":         "// A is.\n//\n// It has\n//   - this\n//   * that\n//\n// A Heading\n//\n// ``Quoted''\n//\n//\tcode\ntype A int\n// B is.\ntype B int\n// nothing\n\n//go:noinline\nfunc f ( ) { }\n\n/* old */\nvar x int",
		"in functions": "func f ( ) {\n// It is\n// here.\ng ( ) // and here\n\n// and here.\n}",
		"unicode":      "type T struct {\nÄöü int // ü\nB string // b\n}\nvar x = T {\nÄ : 1 ,\nbc : 2 ,\n}",
		"empty lines":  "var a = b +\n\nc\n\n\n// alone\n\nvar d = e .\n\nf\nvar g = h (\n\ni ,\n\n)\n\n\n\nfunc j ( ) { }\n\n// last",
		"numbers":      `var x = [ ] any { 1 , 1.5 , 1e+21 , 0X1F , 'a' , 1_000 , 2i }`,
		"labels":       "func f ( ) {\na :\nfor { break a }\n}",
	}
	for name, text := range tests {
		t.Run(name, func(t *testing.T) {
			same(t, new(Formatter), "// Code generated.\n\npackage p\nimport ( \"b\"\n\"a\" )\n\n\n"+text+"\n")
		})
	}
}

// same compares with go/format.
func same(t *testing.T, f *Formatter, src string) {
	t.Helper()
	want, err := format.Source([]byte(src))
	if err != nil {
		t.Fatal(err)
	}
	got, err := f.Source([]byte(src))
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), string(got)); d != "" {
		t.Errorf("not what gofmt makes (-) of\n%s\n%s", src, d)
	}
}

// TestGenerated formats the clients of this repository and the support
// package, as they are and with other spaces between the tokens.
func TestGenerated(t *testing.T) {
	files := 0
	var f Formatter
	for _, dir := range []string{"../../generated/datadog", "../../generated/cloudflare", "../../templates/support"} {
		paths, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			src, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			files++
			same(t, &f, string(src))
			same(t, &f, spaced(t, src))
		}
	}
	if files < 20 {
		t.Errorf("there are only %d files", files)
	}
}

// spaced puts a space between tokens and no indentation before them.
func spaced(t *testing.T, src []byte) string {
	t.Helper()
	var b bytes.Buffer
	var s scanner.Scanner
	fset := token.NewFileSet()
	file := fset.AddFile("", -1, len(src))
	s.Init(file, src, nil, scanner.ScanComments)
	last := 0
	for {
		pos, tok, lit := s.Scan()
		if tok == token.EOF {
			return b.String()
		}
		if tok == token.SEMICOLON && lit == "\n" {
			continue
		}
		start := file.Offset(pos)
		if breaks := bytes.Count(src[last:start], []byte("\n")); breaks > 0 {
			b.Write(bytes.Repeat([]byte("\n"), breaks))
		} else {
			b.WriteByte(' ')
		}
		if lit == "" {
			lit = tok.String()
		}
		b.WriteString(lit)
		last = start + len(lit)
	}
}

func TestErrors(t *testing.T) {
	for name, src := range map[string]string{
		"brackets": "package p\n\nfunc f() { a(] }\n",
		"open":     "package p\n\nfunc f() {\n",
		"string":   "package p\n\nvar x = \"a\n",
		"import":   "package p\n\nimport a\n\nvar x int\n",
		"operator": "package p\n\nfunc f() { a | | b }\n",
	} {
		if got, err := new(Formatter).Source([]byte(src)); err == nil {
			t.Errorf("%s: no error but\n%s", name, got)
		}
	}
}
