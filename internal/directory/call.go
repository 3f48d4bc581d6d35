package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/seed-a7989e22/apigen/internal/examples"
)

// together is how many clients are compiled into one program.
const together = 60

// call compiles the clients of all documents and calls their operations. What
// was counted is written to the file collection.json of a folder, if there is one.
func call(files []string, rounds int, seed uint64, figures string) error {
	var all caller
	for group := range slices.Chunk(files, together) {
		if err := all.group(group, rounds, seed); err != nil {
			return err
		}
	}
	text, err := json.MarshalIndent(map[string]int{
		"documents": all.clients, "examples": all.examples, "lost": all.lost, "operations": all.sum.Operations, "called": all.sum.Called,
		"calls": all.sum.Calls, "changed": all.sum.Changed, "found": len(all.sum.Found),
	}, "", "  ")
	if err != nil {
		return err
	}
	fmt.Printf("%s\nof %d documents\n", text, len(files))
	if figures != "" {
		if err := os.WriteFile(filepath.Join(figures, "collection.json"), append(text, '\n'), 0o666); err != nil {
			return err
		}
	}
	if all.clients < len(files) || all.lost+len(all.sum.Found) > 0 {
		return errors.New("not all is as it has to be")
	}
	return nil
}

// caller counts what was found.
type caller struct {
	clients, examples, lost int
	sum                     examples.Report
}

// group compiles some clients into one program. What fails is printed.
func (c *caller) group(files []string, rounds int, seed uint64) (err error) {
	ctx := context.Background()
	program := examples.NewProgram(".", ".calls")
	defer func() { err = errors.Join(err, program.Close()) }()
	names := map[string]string{}
	for i, file := range files {
		pkg := fmt.Sprintf("client%d", i)
		names[pkg] = file
		if err := add(ctx, program, file, pkg); err != nil {
			fmt.Println(err)
		}
	}
	if program.Clients() == 0 {
		return nil
	}
	if err := program.Build(ctx); err != nil {
		return err
	}
	lost, all, err := program.Examples(ctx)
	if err != nil {
		return err
	}
	for _, text := range lost {
		fmt.Printf("not the same: %.1000s\n", text)
	}
	reports, err := program.Calls(ctx, rounds, seed)
	if err != nil {
		return err
	}
	c.clients, c.examples, c.lost = c.clients+program.Clients(), c.examples+all, c.lost+len(lost)
	for _, r := range reports {
		for _, text := range r.Found {
			fmt.Printf("%s: %.1000s\n", names[r.Name], text)
		}
		c.sum.Add(r)
	}
	return nil
}

// add adds a client, unless that takes too long.
func add(ctx context.Context, program *examples.Program, file, pkg string) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	_, _, err := program.Add(ctx, file, file, pkg)
	return err
}
