package load

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/theory/jsonpath"
	"github.com/theory/jsonpath/spec"
)

const (
	// queryTimeout bounds the evaluation of a JSONPath, which can take very
	// long when it descends several times.
	queryTimeout = 20 * time.Second
	// maxFound bounds what a JSONPath may select.
	maxFound = 1_000_000
)

// query evaluates JSONPaths in a tree.
type query struct {
	ctx  context.Context
	root *node
	// finder serves the paths of what was found.
	finder finder
	// view is the tree as the library for JSONPath wants to see it; made when
	// first needed and kept up to date by changed.
	view  any
	ready bool
}

// location is a node that a JSONPath selects, with its parent and its path.
type location struct {
	node, parent *node
	path         spec.NormalizedPath
}

// find returns what the path selects, in the order of their paths.
func (q *query) find(path *jsonpath.Path) ([]location, error) {
	if direct, ok := singular(path.Query()); ok {
		if l, ok := q.at(direct); ok {
			return []location{l}, nil
		}
		return nil, nil
	}
	selected, err := q.selected(path)
	if err != nil {
		return nil, err
	}
	found := make([]location, 0, len(selected))
	for _, s := range selected {
		if l, ok := q.at(s.Path); ok {
			found = append(found, l)
		}
	}
	return found, nil
}

// singular returns the path of the only node that a query can select, when it
// is plain enough to tell without a look at the document.
func singular(q *spec.PathQuery) (spec.NormalizedPath, bool) {
	var path spec.NormalizedPath
	for _, segment := range q.Segments() {
		if segment.IsDescendant() || len(segment.Selectors()) != 1 {
			return nil, false
		}
		switch s := segment.Selectors()[0].(type) {
		case spec.Name:
			path = append(path, s)
		case spec.Index:
			path = append(path, s)
		default:
			return nil, false
		}
	}
	return path, true
}

// at returns the node at a path.
func (q *query) at(path spec.NormalizedPath) (location, bool) {
	l := location{node: q.root, path: path}
	for i, step := range path {
		l.parent = l.node
		switch s := step.(type) {
		case spec.Name:
			l.node = q.finder.step(l.parent, string(s))
		case spec.Index:
			if s < 0 {
				s += spec.Index(len(l.parent.kids))
				path[i] = s
			}
			l.node = nil
			if l.parent.kind == kindArray && s >= 0 && int(s) < len(l.parent.kids) {
				l.node = l.parent.kids[s].val
			}
		}
		if l.node == nil {
			return location{}, false
		}
	}
	return l, true
}

// selected lets the library evaluate a path, within bounds of time.
func (q *query) selected(path *jsonpath.Path) (jsonpath.LocatedNodeList, error) {
	if !q.ready {
		q.view, q.ready = q.root.any(), true
	}
	type outcome struct {
		list jsonpath.LocatedNodeList
		err  error
	}
	done := make(chan outcome, 1)
	go func() {
		defer func() {
			if p := recover(); p != nil {
				done <- outcome{err: fmt.Errorf("it cannot be evaluated: %v", p)}
			}
		}()
		list := path.SelectLocated(q.view)
		list.Sort()
		done <- outcome{list: list.Deduplicate()}
	}()
	timeout := time.NewTimer(queryTimeout)
	defer timeout.Stop()
	select {
	case o := <-done:
		if len(o.list) > maxFound {
			return nil, fmt.Errorf("it selects more than %d values", maxFound)
		}
		return o.list, o.err
	case <-q.ctx.Done():
		return nil, q.ctx.Err()
	case <-timeout.C:
		return nil, errors.New("it takes too long; say more exactly where to look")
	}
}

// changed brings the view up to date with what stands at a path now.
func (q *query) changed(path spec.NormalizedPath) {
	if !q.ready {
		return
	}
	l, ok := q.at(path)
	if !ok {
		return
	}
	if len(path) == 0 {
		q.view = q.root.any()
		return
	}
	parent := q.view
	for _, step := range path[:len(path)-1] {
		switch s := step.(type) {
		case spec.Name:
			object, _ := parent.(map[string]any)
			parent = object[string(s)]
		case spec.Index:
			list, _ := parent.([]any)
			parent = list[s]
		}
	}
	switch s := path[len(path)-1].(type) {
	case spec.Name:
		parent.(map[string]any)[string(s)] = l.node.any()
	case spec.Index:
		parent.([]any)[s] = l.node.any()
	}
}
