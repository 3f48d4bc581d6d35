package output

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/seed-a7989e22/apigen/generator/diag"
)

// patience is how long a run waits for another one that writes into the same
// folder.
const patience = 10 * time.Second

// Commit carries out plans: all of them or, when one fails, none. First every
// file is written under a temporary name; only when that has succeeded are
// files removed and replaced, each in one step. What was done by then is taken
// back when a step fails. The folders are locked meanwhile, so that another run
// comes before or after, and not between.
func Commit(plans ...*Plan) (err error) {
	var t transaction
	defer func() { err = errors.Join(err, t.end(err != nil)) }()
	for _, p := range plans {
		if err := t.stage(p); err != nil {
			return err
		}
	}
	return t.replace()
}

// replace carries out the steps that are staged.
func (t *transaction) replace() error {
	// Removing comes first: where case is ignored, an extra file can have the
	// name of a new one.
	for _, s := range t.steps {
		if s.kind == Extra {
			if err := t.apply(s, "removed", s.dir.Remove(s.name)); err != nil {
				return err
			}
		}
	}
	for _, s := range t.steps {
		if s.kind != Extra {
			if err := t.apply(s, "written", s.dir.Rename(s.temp, s.name)); err != nil {
				return err
			}
		}
	}
	return nil
}

// transaction is the state of a Commit.
type transaction struct {
	dirs []*os.Root
	// locks are the folders again, locked as long as these are open.
	locks []*os.File
	// made are the folders that had to be made, those inside others first.
	made  []string
	steps []*step
	// applied are the steps that are done, in that order.
	applied []*step
}

// step is a change that is under way.
type step struct {
	change
	dir *os.Root
	// path is the file as a path from the working directory.
	path string
	// temp is the name under which the new content waits, if it does.
	temp string
}

// stage locks the folder of p and writes its new contents under temporary names.
func (t *transaction) stage(p *Plan) error {
	if len(p.changes) == 0 {
		return nil
	}
	t.made = append(missing(p.Dir()), t.made...)
	dir, err := p.create()
	if err != nil {
		return err
	}
	t.dirs = append(t.dirs, dir)
	if err := t.lock(p, dir); err != nil {
		return err
	}
	now, err := Prepare(p.root, p.out, p.files) // another run may have been there since
	if err != nil {
		return err
	}
	for _, c := range now.changes {
		s := &step{change: c, dir: dir, path: filepath.Join(p.Dir(), c.name)}
		t.steps = append(t.steps, s)
		if c.kind == Extra {
			continue
		}
		if s.temp, err = writeTemp(dir, c.name, c.after); err != nil {
			return fmt.Errorf("the folder %s cannot be written to: %w", p.Dir(), diag.Cause(err))
		}
	}
	return nil
}

// lock locks the folder of p, which another run may have locked.
func (t *transaction) lock(p *Plan, dir *os.Root) error {
	f, err := dir.Open(".")
	if err != nil {
		return p.unusable(err)
	}
	t.locks = append(t.locks, f)
	for start := time.Now(); !tryLock(f); time.Sleep(10 * time.Millisecond) {
		if time.Since(start) > patience {
			return fmt.Errorf("the folder %s is being written to by another run; nothing was written", p.Dir())
		}
	}
	return nil
}

// create opens the folder of p, making it first where needed.
func (p *Plan) create() (*os.Root, error) {
	if err := os.MkdirAll(p.root, 0o777); err != nil {
		return nil, p.unusable(err)
	}
	root, err := os.OpenRoot(p.root)
	if err != nil {
		return nil, p.unusable(err)
	}
	defer root.Close()
	if err := root.MkdirAll(p.out, 0o777); err != nil {
		return nil, p.unusable(err)
	}
	return p.open()
}

// missing returns those of a folder and of the folders around it that are not
// there, the innermost first.
func missing(dir string) []string {
	var list []string
	for dir != filepath.Dir(dir) {
		if _, err := os.Lstat(dir); !errors.Is(err, fs.ErrNotExist) {
			break
		}
		list = append(list, dir)
		dir = filepath.Dir(dir)
	}
	return list
}

// writeTemp writes content under a new name, which it returns. The go command
// ignores such names should one ever be left behind.
func writeTemp(dir *os.Root, name string, content []byte) (string, error) {
	temp := "." + name + "." + rand.Text()[:10] + ".tmp"
	f, err := dir.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return "", err
	}
	_, err = f.Write(content)
	if err = errors.Join(err, f.Close()); err != nil {
		return "", errors.Join(err, dir.Remove(temp))
	}
	return temp, nil
}

// apply records that a step is done unless err says otherwise; done says what.
func (t *transaction) apply(s *step, done string, err error) error {
	if err != nil {
		return fmt.Errorf("%s cannot be %s: %w", s.path, done, diag.Cause(err))
	}
	s.temp = ""
	t.applied = append(t.applied, s)
	return nil
}

// end closes the transaction; one that failed is taken back first, the last
// step before the others.
func (t *transaction) end(failed bool) error {
	var errs []error
	if failed {
		for _, s := range slices.Backward(t.applied) {
			errs = append(errs, s.undo())
		}
	}
	for _, s := range t.steps {
		if s.temp != "" {
			errs = append(errs, s.dir.Remove(s.temp))
		}
	}
	for _, dir := range t.dirs {
		errs = append(errs, dir.Close())
	}
	for _, f := range t.locks {
		errs = append(errs, f.Close())
	}
	if failed {
		for _, dir := range t.made {
			// One that was not made, or in which somebody else has put something
			// since, cannot be removed, and need not be.
			_ = os.Remove(dir)
		}
	}
	return errors.Join(errs...)
}

// undo restores the file as it was before the step.
func (s *step) undo() error {
	if s.kind == Missing {
		return s.dir.Remove(s.name)
	}
	temp, err := writeTemp(s.dir, s.name, s.before)
	if err != nil {
		return err
	}
	return s.dir.Rename(temp, s.name)
}
