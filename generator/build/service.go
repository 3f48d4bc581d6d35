package build

import (
	"cmp"
	"slices"
	"strings"

	"github.com/seed-a7989e22/apigen/generator/ir"
	"github.com/seed-a7989e22/apigen/generator/naming"
)

// services collects the operations by service: the first tag, the path of
// x-go-service, or the group in the operationId.
type services struct {
	b    *builder
	root *service
	// files are the base names of files taken.
	files naming.Scope
	// held are the names that the lock has for the scope of a service, by its
	// path.
	held map[string][]string
	// docs are the descriptions of tags, by the name of their service.
	docs map[string]string
}

// service is a service under construction.
type service struct {
	ir       *ir.Service
	words    []string // of the names on the path to it
	own      int      // where those of its own name begin
	children map[string]*service
	order    []*service
	scope    naming.Scope // fields and methods
}

func newServices(b *builder) *services {
	s := &services{b: b, held: map[string][]string{}, docs: map[string]string{}, root: &service{children: map[string]*service{}, ir: &ir.Service{GoName: "Client", File: "operations"}}}
	s.files.Reserve(s.root.ir.File, "doc") // a comment on the package that its owners may write
	for _, name := range b.opts.Files {
		s.files.Reserve(strings.TrimSuffix(name, ".go"))
	}
	s.files.Reserve("con", "prn", "aux", "nul") // names of devices on Windows
	for _, n := range "0123456789" {
		s.files.Reserve("com"+string(n), "lpt"+string(n))
	}
	s.holdNames()
	for _, tag := range b.doc.Tags {
		if tag != nil {
			s.docs[b.names.Exported(tag.Name)] = withReading(tag.Description, tag.ExternalDocs)
		}
	}
	s.root.scope.ReserveStandard()
	s.root.scope.Hold(s.held[""]...)
	return s
}

// servicePrefix begins the pointers of services in origins; what follows is
// the path.
const servicePrefix = "/tags/"

// holdNames sorts the names of the lock that belong to services.
func (s *services) holdNames() {
	for o, name := range s.b.opts.Names {
		switch o.Part {
		case ir.PartMethod, ir.PartIterator:
			path := s.b.opts.Names[ir.Origin{Pointer: o.Pointer, Part: ir.PartService}]
			s.held[path] = append(s.held[path], name)
		case ir.PartField:
			if path, ok := strings.CutPrefix(o.Pointer, servicePrefix); ok {
				parent := path[:max(0, strings.LastIndexByte(path, '.'))]
				s.held[parent] = append(s.held[parent], name)
			}
		}
	}
}

// of returns the service of an operation. Operations without a tag or group are
// methods of the client itself.
func (s *services) of(o *opBuilder) *service {
	path := s.path(o)
	if len(path) > 0 {
		s.b.api.Names[ir.Origin{Pointer: o.ptr, Part: ir.PartService}] = strings.Join(path, ".")
	}
	at := s.root
	for i, name := range path {
		next := at.children[name]
		if next == nil {
			next = s.add(at, path[:i+1], o)
		}
		at = next
	}
	return at
}

// path returns the names of the nested services of an operation.
func (s *services) path(o *opBuilder) []string {
	if given := extString(o.op.Extensions, "x-go-service"); given != "" {
		path := strings.Split(given, ".")
		if !slices.ContainsFunc(path, func(name string) bool { return !naming.IsExported(name) }) && len(path) < 10 {
			return path
		}
		s.b.warnf(join(o.ptr, "x-go-service"), "bad-go-name", "x-go-service %.60q is not a dotted path of exported Go identifiers; it is ignored", given)
	}
	kept := s.b.opts.Names[ir.Origin{Pointer: o.ptr, Part: ir.PartService}]
	if _, known := s.b.opts.Names[ir.Origin{Pointer: o.ptr, Part: ir.PartMethod}]; known || kept != "" {
		return splitPath(kept)
	}
	if groups := o.groups(); groups != nil {
		return groups
	}
	if len(o.op.Tags) > 0 && len(naming.Words(o.op.Tags[0])) > 0 {
		return []string{s.b.names.Exported(o.op.Tags[0])}
	}
	if group := o.group(); group != "" {
		return []string{s.b.names.Exported(group)}
	}
	return nil
}

// groups are the nested services that the document wants in the clients of other
// generators, Speakeasy's and Fern's.
func (o *opBuilder) groups() []string {
	said := splitPath(extString(o.op.Extensions, "x-speakeasy-group"))
	if said == nil {
		said = extStrings(o.op.Extensions, "x-fern-sdk-group-name")
	}
	if one := extString(o.op.Extensions, "x-fern-sdk-group-name"); said == nil && one != "" {
		said = []string{one}
	}
	var path []string
	for _, name := range said {
		if len(naming.Words(name)) == 0 || len(said) > 9 {
			return nil
		}
		path = append(path, o.names.Exported(name))
	}
	return path
}

func splitPath(path string) []string {
	if path == "" {
		return nil
	}
	return strings.Split(path, ".")
}

// add makes the service at a path below parent.
func (s *services) add(parent *service, path []string, o *opBuilder) *service {
	name, dotted := path[len(path)-1], strings.Join(path, ".")
	field := ir.Origin{Pointer: servicePrefix + dotted, Part: ir.PartField}
	svc := &service{
		children: map[string]*service{},
		words:    append(slices.Clone(parent.words), naming.Words(name)...),
		own:      len(parent.words),
		ir:       &ir.Service{FieldName: s.b.take(&parent.scope, field, name, name+"Service")},
	}
	svc.scope.ReserveStandard()
	svc.scope.Hold(s.held[dotted]...)
	stem := strings.Join(path, "")
	wanted := []string{stem + "Service", stem + "API"}
	if strings.HasSuffix(stem, "Service") {
		wanted = slices.Insert(wanted, 0, stem)
	}
	svc.ir.GoName = s.b.take(&s.b.scope, ir.Origin{Pointer: servicePrefix + dotted, Part: ir.PartType}, wanted...)
	if len(path) == 1 {
		svc.ir.File, svc.ir.Doc = s.file(name), s.docs[name]
	} else {
		svc.ir.File = parent.ir.File
	}
	parent.children[name] = svc
	parent.order = append(parent.order, svc)
	return svc
}

// file returns a free base name for a service's file.
func (s *services) file(name string) string {
	base := cmp.Or(fileStem(name), "service")
	return s.files.Claim(base, base+"service")
}

// fileStem makes the base name of a file: small ASCII letters and digits only, so that neither an
// operating system nor the go command reads a meaning into it.
func fileStem(name string) string {
	stem := strings.Map(func(r rune) rune {
		if (r >= 'a' && r <= 'z') || (r >= '0' && r <= '9') {
			return r
		}
		return -1
	}, strings.ToLower(name))
	return stem[:min(len(stem), 60)]
}

// methodName takes the name of an operation in its service: x-go-method, or
// the operation's name less the service's own.
func (svc *service) methodName(o *opBuilder) string {
	origin := ir.Origin{Pointer: o.ptr, Part: ir.PartMethod}
	wanted, ordered := svc.methodNames(o)
	name := o.takeFor(&svc.scope, origin, ordered, wanted...)
	if name != wanted[0] && !o.settled(origin, name, ordered) {
		o.warnf(o.ptr, "name-taken", "the Go name %s is taken in %s; the method is called %s"+chooseName, wanted[0], svc.ir.GoName, name)
	}
	return name
}

// methodNames returns the names that are good for a method, best first, and whether the document
// orders the first.
func (svc *service) methodNames(o *opBuilder) (wanted []string, ordered bool) {
	if o.rename(o.ptr) != "" {
		return []string{o.given, o.name}, true
	}
	if given := extString(o.op.Extensions, "x-go-method"); given != "" {
		if naming.IsExported(given) {
			return []string{given}, true
		}
		o.warnf(join(o.ptr, "x-go-method"), "bad-go-name", "x-go-method %.60q is not an exported Go identifier; it is ignored", given)
	}
	if o.given != "" {
		return []string{o.given, o.name}, true
	}
	for _, tool := range []string{"x-speakeasy-name-override", "x-fern-sdk-method-name"} {
		if said := extString(o.op.Extensions, tool); len(naming.Words(said)) > 0 {
			return []string{o.names.Exported(said), o.name}, false
		}
	}
	if short := svc.shorten(o); short != "" {
		return []string{short, o.name}, false
	}
	return []string{o.name}, false
}

// shorten returns the operation's name without the words of its service in
// front, or "" when nothing sensible is left: accountList is List in Accounts.
func (svc *service) shorten(o *opBuilder) string {
	words := naming.Words(o.said)
	rest, first := words, -1
	for i := 0; i < len(svc.words); {
		own, of := commonStart(svc.words[i:], rest)
		if of > 0 && first < 0 {
			first = i
		}
		i, rest = i+max(own, 1), rest[of:]
	}
	if first > 0 && first != svc.own && len(words)-len(rest) == 1 {
		return "" // the verb of ListItems is no part of the name WishList
	}
	if first < 0 || len(rest) == 0 || o.out.ID != strings.TrimSpace(o.op.OperationID) {
		return ""
	}
	name := o.names.Join(rest)
	if strings.HasPrefix(name, "N") && !strings.HasPrefix(strings.ToUpper(rest[0]), "N") {
		return "" // what is left begins with a digit
	}
	return name
}

// commonStart returns how many words of a and of b spell the same word in front: one of each, or
// two where one of them writes it as two, as OAuth and oauth.
func commonStart(a, b []string) (ofA, ofB int) {
	switch {
	case len(a) == 0 || len(b) == 0:
		return 0, 0
	case sameWord(a[0], b[0]):
		return 1, 1
	case len(a) > 1 && sameWord(a[0]+a[1], b[0]):
		return 2, 1
	case len(b) > 1 && sameWord(a[0], b[0]+b[1]):
		return 1, 2
	}
	return 0, 0
}

// sameWord compares words without regard to case and number.
func sameWord(a, b string) bool {
	a, b = strings.ToLower(a), strings.ToLower(b)
	return a == b || singular(a) == singular(b)
}

func singular(word string) string {
	if base, ok := strings.CutSuffix(word, "ies"); ok {
		return base + "y"
	}
	return strings.TrimSuffix(word, "s")
}

// add adds an operation to the service.
func (svc *service) add(op *ir.Operation) { svc.ir.Operations = append(svc.ir.Operations, op) }

// finish returns the services of the client in order. Operations of the
// client itself come as a first service without a field name.
func (s *services) finish() []*ir.Service {
	out := s.root.finish().Children
	if len(s.root.ir.Operations) > 0 {
		own := *s.root.ir
		own.Children = nil
		out = append([]*ir.Service{&own}, out...)
	}
	for _, svc := range out {
		spreader{&s.files}.service(svc)
	}
	return out
}

func (svc *service) finish() *ir.Service {
	for _, child := range svc.order {
		svc.ir.Children = append(svc.ir.Children, child.finish())
	}
	return svc.ir
}
