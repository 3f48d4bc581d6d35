package generator

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/seed-a7989e22/apigen/generator/compare"
	"github.com/seed-a7989e22/apigen/generator/config"
	"github.com/seed-a7989e22/apigen/generator/diag"
	"github.com/seed-a7989e22/apigen/generator/ir"
	"github.com/seed-a7989e22/apigen/generator/load"
	"github.com/seed-a7989e22/apigen/generator/lock"
	"github.com/seed-a7989e22/apigen/generator/revision"
)

// Diff tells what has changed from one version of a document and its client to
// another. Names that the earlier version has stay, as they do when a client is
// generated again. Of cfg, only what concerns documents applies. The errors of
// both documents are among the diagnostics, when ErrInvalid is returned.
func (g *Generator) Diff(ctx context.Context, cfg Config, old, new config.Client) (*compare.Report, []diag.Diagnostic, error) {
	cfg.Mode = Memory
	var oldDiags, newDiags diag.List
	before, oldDoc, oldErr := g.generateFor(ctx, old, namesOf(old, &oldDiags), cfg, &oldDiags)
	if oldErr != nil && !errors.Is(oldErr, ErrInvalid) {
		return nil, nil, fmt.Errorf("%s: %w", Shown(old.Spec), oldErr)
	}
	names := namesOf(new, &newDiags)
	if names == nil && oldErr == nil {
		names = before.API.Names
	}
	after, newDoc, newErr := g.generateFor(ctx, new, names, cfg, &newDiags)
	if newErr != nil && !errors.Is(newErr, ErrInvalid) {
		return nil, nil, fmt.Errorf("%s: %w", Shown(new.Spec), newErr)
	}
	if oldErr != nil || newErr != nil {
		return nil, slices.Concat(oldDiags.Sorted(), newDiags.Sorted()), ErrInvalid
	}
	cfg.tell(new, "comparing", after.API)
	report, err := compare.Compare(
		compare.Side{Document: oldDoc.T, API: before.API, Files: before.Files},
		compare.Side{Document: newDoc.T, API: after.API, Files: after.Files})
	return report, nil, err
}

// generateFor is generate for who needs the document as well.
func (g *Generator) generateFor(ctx context.Context, client config.Client, names ir.Names, cfg Config, diags *diag.List) (Package, *load.Document, error) {
	pkg, doc, err := g.understand(ctx, client, names, cfg, diags)
	if err == nil {
		err = g.write(&pkg, doc.Inputs, cfg)
	}
	return pkg, doc, err
}

// ErrRemote says that a document is not in a git repository.
var ErrRemote = errors.New("a document on the network has no git revisions; name the document to compare")

// DiffRevision is Diff between a git revision of the document of a client and
// the document as it is. Paths in diagnostics about the former start with the
// revision. The error is ErrRemote where the document is a URL.
func (g *Generator) DiffRevision(ctx context.Context, cfg Config, rev string, client config.Client) (*compare.Report, []diag.Diagnostic, error) {
	if strings.Contains(client.Spec, "://") {
		return nil, nil, fmt.Errorf("%s: %w", Shown(client.Spec), ErrRemote)
	}
	if _, err := os.Stat(client.Spec); errors.Is(err, fs.ErrNotExist) {
		return g.fresh(ctx, cfg, client) // its folder, in which git would run, may be missing as well
	}
	dir, err := os.MkdirTemp("", "gen-diff-")
	if err != nil {
		return nil, nil, err
	}
	defer os.RemoveAll(dir)
	cfg.tell(client, "reading "+rev, nil)
	r, err := revision.Find(ctx, filepath.Dir(client.Spec), rev)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", client.Spec, err)
	}
	was := client
	old, err := checkout(ctx, r, was, cfg, dir)
	if errors.Is(err, fs.ErrNotExist) {
		was.Spec = formerSpec(ctx, r, client)
		old, err = checkout(ctx, r, was, cfg, dir)
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return g.fresh(ctx, cfg, client)
	case err != nil:
		return nil, nil, fmt.Errorf("%s: %w", client.Spec, err)
	}
	report, diags, err := g.Diff(ctx, cfg, old, client)
	for i := range diags {
		if name, ok := strings.CutPrefix(diags[i].Pos.File, filepath.Dir(old.Spec)+string(filepath.Separator)); ok {
			diags[i].Pos.File = rev + ":" + filepath.Join(filepath.Dir(was.Spec), name)
		}
	}
	return report, diags, err
}

// formerSpec is the document that the configuration named at a revision for the
// package of a client: it may have been moved since.
func formerSpec(ctx context.Context, r *revision.Revision, client config.Client) string {
	if client.Pos.File == "" {
		return client.Spec
	}
	data, err := r.Read(ctx, client.Pos.File)
	if err != nil {
		return client.Spec
	}
	for _, was := range config.Parse(client.Pos.File, data, &diag.List{}).Clients {
		if was.Out == client.Out && !strings.Contains(was.Spec, "://") {
			return was.Spec
		}
	}
	return client.Spec
}

// fresh is the report about a client that had no document, if it has one now.
func (g *Generator) fresh(ctx context.Context, cfg Config, client config.Client) (*compare.Report, []diag.Diagnostic, error) {
	cfg.Mode = Inspect
	var diags diag.List
	if _, err := g.generate(ctx, client, nil, cfg, &diags); err != nil {
		return nil, diags.Sorted(), err
	}
	return compare.New(), nil, nil
}

// checkout returns the client as it was at a revision, with its document and
// lock file in dir. The error is fs.ErrNotExist when it had no document.
func checkout(ctx context.Context, r *revision.Revision, client config.Client, cfg Config, dir string) (config.Client, error) {
	folder, base := filepath.Split(client.Spec)
	old := client
	old.Spec, old.Root, old.Out = filepath.Join(dir, "spec", base), dir, ""
	if err := os.MkdirAll(filepath.Join(dir, "spec"), 0o777); err != nil {
		return client, err
	}
	if err := checkoutFile(ctx, r, client.Spec, old.Spec); err != nil {
		return client, err
	}
	if err := checkoutRefs(ctx, r, folder, old, cfg); err != nil {
		return client, err
	}
	if client.Out == "" {
		return old, nil
	}
	err := checkoutFile(ctx, r, filepath.Join(client.Dir(), lock.File), filepath.Join(dir, "out", lock.File))
	switch {
	case err == nil:
		old.Out = "out"
	case !errors.Is(err, fs.ErrNotExist):
		return client, err
	}
	return old, nil
}

// checkoutRefs brings the files that the document of a client refers to, those
// that these refer to, and so on. Folder is where they were.
func checkoutRefs(ctx context.Context, r *revision.Revision, folder string, client config.Client, cfg Config) error {
	tried := map[string]bool{}
	for {
		doc, err := load.Load(ctx, source(client, cfg), &diag.List{})
		if err != nil || doc == nil {
			return err // what is wrong with the document is reported later
		}
		more := false
		for _, in := range doc.Inputs {
			name := filepath.FromSlash(in.Name)
			if in.Sum != nil || tried[name] || !filepath.IsLocal(name) {
				continue
			}
			tried[name] = true
			err := checkoutFile(ctx, r, filepath.Join(folder, name), filepath.Join(filepath.Dir(client.Spec), name))
			if err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
			more = more || err == nil
		}
		if !more {
			return nil
		}
	}
}

// checkoutFile writes a file as it was to another place.
func checkoutFile(ctx context.Context, r *revision.Revision, from, to string) error {
	data, err := r.Read(ctx, from)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o777); err != nil {
		return err
	}
	return os.WriteFile(to, data, 0o666)
}
