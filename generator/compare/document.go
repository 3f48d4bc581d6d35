package compare

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/oasdiff/oasdiff/checker"
	"github.com/oasdiff/oasdiff/diff"
	"github.com/oasdiff/oasdiff/load"
)

// found is a change of the document with the operation that it was found in;
// empty for what is about the document as a whole.
type found struct {
	Change
	operation string
}

// documents adds the changes of the document.
func (c *comparison) documents(old, new *openapi3.T) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the documents cannot be compared: %v", p)
		}
	}()
	old, new, err = onlyChanged(old, new)
	if err != nil {
		return fmt.Errorf("the documents cannot be compared: %w", err)
	}
	report, sources, err := diff.GetWithOperationsSourcesMap(diff.NewConfig(), &load.SpecInfo{Spec: old}, &load.SpecInfo{Spec: new})
	if err != nil {
		return fmt.Errorf("the documents cannot be compared: %w", err)
	}
	list := narrowed(report)
	localizer := checker.NewDefaultLocalizer()
	for _, f := range checker.CheckBackwardCompatibilityUntilLevel(checker.NewConfig(checker.GetAllChecks()), report, sources, checker.INFO) {
		rule, level := ruleOf(f, new)
		one := found{Change: Change{Effect: effect(rule, level), Subject: InDocument, Rule: rule, Text: localizer(rule, quoted(f.GetArgs())...)}}
		if f.GetPath() != "" {
			one.operation = strings.TrimSpace(f.GetOperation() + " " + printable(f.GetPath()))
		}
		list = append(list, one)
	}
	c.file(list)
	return nil
}

// file adds changes of the document. A change of a schema shows in every
// operation that uses it; told once, it is about all of them.
func (c *comparison) file(list []found) {
	places := map[Change][]string{}
	var order []Change
	for _, f := range list {
		if places[f.Change] == nil {
			order = append(order, f.Change)
		}
		places[f.Change] = append(places[f.Change], f.operation)
	}
	for _, change := range order {
		operations := places[change]
		slices.Sort(operations)
		operations = slices.Compact(operations)
		if operations[0] == "" {
			c.add(Group{Kind: General}, change)
			operations = operations[1:]
		}
		if len(operations) > 0 {
			c.add(Group{Kind: Operation, Operations: operations}, change)
		}
	}
}

// ruleOf returns the rule and the level of what oasdiff has found. To learn
// whether a new parameter is required, oasdiff looks at the first one of its
// name, which may stand in another place, such as the path.
func ruleOf(f checker.Change, new *openapi3.T) (string, checker.Level) {
	rule, args := f.GetId(), f.GetArgs()
	if rule != checker.NewRequiredRequestParameterId && rule != checker.NewOptionalRequestParameterId || len(args) != 2 {
		return rule, f.GetLevel()
	}
	item := new.Paths.Value(f.GetPath())
	if item == nil {
		return rule, f.GetLevel()
	}
	op := item.GetOperation(f.GetOperation())
	if op == nil {
		return rule, f.GetLevel()
	}
	switch p := op.Parameters.GetByInAndName(fmt.Sprint(args[0]), fmt.Sprint(args[1])); {
	case p == nil:
		return rule, f.GetLevel()
	case p.Required:
		rule = checker.NewRequiredRequestParameterId
	default:
		rule = checker.NewOptionalRequestParameterId
	}
	return rule, checker.GetCheckLevels()[rule]
}

// The checks whose level does not tell what a change does to a Go client.
var (
	// told are changes that only tell people something.
	told = regexp.MustCompile(`deprecated|reactivated|sunset|stability|api-tag-|operation-id|-version-|default-value|annotation-only|api-schema-removed`)
	// survived are changes of responses that generated clients are made for:
	// values and variants that are not known yet.
	survived = regexp.MustCompile(`^response-.*-(enum-value|one-of|any-of)-added$`)
	// missed are removals that the server does not mind, but those who use what
	// is removed do.
	missed = regexp.MustCompile(`^(api|.*-(property|parameter|header|status|media-type|value|one-of|any-of))-removed(-with-deprecation)?$`)
	// renamed are changes of the values by which variants are told apart.
	renamed = regexp.MustCompile(`-discriminator-(mapping-(changed|deleted)|property-name-changed)$`)
)

// effect tells what a change of the document does to a client.
func effect(rule string, level checker.Level) Effect {
	switch {
	case missed.MatchString(rule) && !strings.Contains(rule, "default-value"), renamed.MatchString(rule):
		return Breaking
	case told.MatchString(rule):
		return Documentation
	case survived.MatchString(rule), level == checker.INFO:
		return Additive
	}
	return Breaking
}

// quoted puts arguments of a message between backticks.
func quoted(args []any) []any {
	var list []any
	for _, arg := range args {
		if values, ok := arg.([]string); ok {
			arg = strings.Join(values, ", ")
		}
		list = append(list, code(fmt.Sprint(arg)))
	}
	return list
}
