// Package suite runs the JSON Schema test suite (draft 2020-12) against
// generated clients: each of its schemas becomes the response of an operation,
// and each of its tests a response, which is decoded strictly.
package suite

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
)

// Group is a schema of the suite and its tests.
type Group struct {
	// Keyword is the file of the suite, without extension.
	Keyword     string
	Description string
	Schema      json.RawMessage
	Tests       []Test
}

// Test is a value and whether the schema accepts it.
type Test struct {
	Description string
	Data        json.RawMessage
	Valid       bool
}

// Name identifies a test of a group in the list of misses.
func (g *Group) Name(t *Test) string {
	return g.Keyword + ": " + g.Description + ": " + t.Description
}

// Read reads the groups of all files in a folder.
func Read(dir string) ([]*Group, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil {
		return nil, err
	}
	sort.Strings(files)
	var all []*Group
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		var groups []*Group
		if err := json.Unmarshal(data, &groups); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		for _, g := range groups {
			g.Keyword = strings.TrimSuffix(filepath.Base(file), ".json")
		}
		all = append(all, groups...)
	}
	return all, nil
}

// Split distributes groups over documents so that no two schemas of a document
// declare the same absolute $id.
func Split(groups []*Group) [][]*Group {
	var documents [][]*Group
	var taken []map[string]bool
	for _, g := range groups {
		var schema any
		_ = json.Unmarshal(g.Schema, &schema) // it was valid JSON before
		own := map[string]bool{}
		ids(schema, own)
		i := 0
		for i < len(taken) && meet(taken[i], own) {
			i++
		}
		if i == len(taken) {
			taken, documents = append(taken, map[string]bool{}), append(documents, nil)
		}
		for id := range own {
			taken[i][id] = true
		}
		documents[i] = append(documents[i], g)
	}
	return documents
}

// ids collects the values of $id that do not depend on where the schema is.
func ids(v any, into map[string]bool) {
	switch v := v.(type) {
	case map[string]any:
		if id, ok := v["$id"].(string); ok && strings.Contains(id, ":") {
			into[strings.TrimSuffix(id, "#")] = true
		}
		for _, part := range v {
			ids(part, into)
		}
	case []any:
		for _, part := range v {
			ids(part, into)
		}
	}
}

func meet(a, b map[string]bool) bool {
	for key := range b {
		if a[key] {
			return true
		}
	}
	return false
}

// Write writes a document whose operations respond with the schemas of the
// groups. The schemas stand in files of their own, just as they are: "#" in
// them refers to their own root.
func Write(dir string, groups []*Group) (string, error) {
	paths := map[string]any{}
	for i, g := range groups {
		name := fmt.Sprintf("g%d", i)
		if err := os.WriteFile(filepath.Join(dir, name+".json"), g.Schema, 0o644); err != nil {
			return "", err
		}
		paths["/"+name] = map[string]any{"get": map[string]any{
			"operationId": name,
			"responses": map[string]any{"200": map[string]any{
				"description": "OK",
				"content":     map[string]any{"application/json": map[string]any{"schema": map[string]any{"$ref": name + ".json"}}},
			}},
		}}
	}
	doc, err := json.MarshalIndent(map[string]any{
		"openapi": "3.1.0", "info": map[string]any{"title": "Suite", "version": "1"}, "paths": paths,
	}, "", " ")
	if err != nil {
		return "", err
	}
	file := filepath.Join(dir, "openapi.json")
	return file, os.WriteFile(file, doc, 0o644)
}
