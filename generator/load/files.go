package load

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/seed-a7989e22/apigen/generator/diag"
	"github.com/seed-a7989e22/apigen/generator/plaintext"
)

const (
	maxFiles     = 4096
	maxRedirects = 5
)

// loading is the state of one Load: its inputs and what was said about them.
type loading struct {
	ctx    context.Context
	opts   Options
	limits limits
	diags  *diag.List
	main   *source
	// root confines files to the main document's folder; nil for a remote one.
	root *os.Root
	// folder is the main document's folder as the user named it.
	folder  string
	sources map[string]*source
	// overlays are the overlays that have been read.
	overlays []*source
	refused  map[string]*problem
	// budget is the number of nodes that copies may still add.
	budget int
	// homes tells where what became a component was written, by its pointer.
	homes map[string]string
	// total is the number of bytes read.
	total int64
}

// warn reports a repair at n.
func (c *loading) warn(n *node, code, format string, args ...any) {
	c.diags.Warnf(n.position(), code, format, args...)
}

// cancelled reports whether the context is done.
func (c *loading) cancelled() bool { return c.ctx.Err() != nil }

// openMain reads and parses the main document. Its errors are those of the
// user's command line, so they have no position.
func (c *loading) openMain() error {
	var data []byte
	var err error
	s := &source{name: c.opts.Path}
	if isRemote(c.opts.Path) {
		if !c.opts.AllowRemote {
			return errors.New("it is on the network; --allow-remote permits fetching it")
		}
		s.key, s.remote, s.name = c.opts.Path, true, PublicURL(c.opts.Path)
		anywhere := func(*url.URL) bool { return true } // as the user has named it, so has its server
		if data, err = c.fetch(s.key, anywhere); err != nil {
			return err
		}
	} else {
		if c.opts.Path == "-" {
			return errors.New("standard input is not read; name a file")
		}
		s.key, c.folder = filepath.Base(c.opts.Path), filepath.Dir(c.opts.Path)
		if data, err = readFile(c.opts.Path, c.limits.maxBytes); err != nil {
			return err
		}
		if c.root, err = os.OpenRoot(c.folder); err != nil {
			return err
		}
	}
	c.add(s, data)
	c.main = s
	if int64(len(data)) > c.limits.maxBytes {
		c.diags.Errorf(diag.Pos{File: s.name}, "too-large", "the document is larger than %d bytes", c.limits.maxBytes)
		return nil
	}
	s.parse(data, c.limits, c.diags)
	s.res.root = s.root
	return nil
}

// readFile reads at most one byte more than limit.
func readFile(name string, limit int64) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err == nil && info.IsDir() {
		return nil, &fs.PathError{Op: "read", Path: name, Err: errors.New("is a directory")}
	}
	var b bytes.Buffer
	if err == nil && info.Mode().IsRegular() {
		b.Grow(int(min(info.Size(), limit)) + bytes.MinRead) // so that it need not grow
	}
	_, err = b.ReadFrom(io.LimitReader(f, limit+1))
	return b.Bytes(), err
}

// add registers an input.
func (c *loading) add(s *source, data []byte) {
	s.sum = plaintext.Sum(data)
	c.total += int64(len(data))
	base := s.key
	if !s.remote {
		base = "file:///" + (&url.URL{Path: s.key}).EscapedPath()
	}
	s.res = &resource{source: s, base: base}
	c.sources[s.key] = s
}

// isRemote tells whether a path or reference is an http or https URL.
func isRemote(ref string) bool {
	lower := strings.ToLower(ref)
	return strings.HasPrefix(lower, "http://") || strings.HasPrefix(lower, "https://")
}

// open returns the parsed file that a reference in from names.
func (c *loading) open(uri string, from *source) (*source, *problem) {
	key, remote, p := c.locate(uri, from)
	if p != nil {
		return nil, p
	}
	if p := c.refused[key]; p != nil {
		return nil, p
	}
	s := c.sources[key]
	if s == nil {
		var data []byte
		if s, data, p = c.read(key, remote); p != nil {
			c.refused[key] = p
			return nil, p
		}
		s.parse(data, c.limits, c.diags)
		s.res.root = s.root
	}
	if s.root == nil {
		return nil, &problem{reported: true}
	}
	return s, nil
}

// locate applies the reference policy and returns the key of a file: a path
// below the main document's folder, or a URL.
func (c *loading) locate(uri string, from *source) (key string, remote bool, p *problem) {
	outside := func(why string) *problem {
		return &problem{code: "ref-outside", fatal: true, message: why}
	}
	u, err := url.Parse(uri)
	if err != nil {
		return "", false, dangling("it is not a valid URI")
	}
	if from.remote && u.Scheme == "" {
		base, err := url.Parse(from.key)
		if err != nil {
			return "", false, dangling("it is not a valid URI")
		}
		u = base.ResolveReference(u)
	}
	switch strings.ToLower(u.Scheme) {
	case "http", "https":
		if !c.isAllowed(u) {
			return "", false, &problem{code: "ref-remote", fatal: true,
				message: "documents are not fetched from the network unless --allow-remote-refs is given"}
		}
		u.Fragment = ""
		return u.String(), true, nil
	case "":
	default:
		return "", false, outside("only files below the document's folder can be referred to")
	}
	name := u.Path
	if name == "" {
		name = uri
	}
	if u.Host != "" || strings.HasPrefix(name, "/") || strings.Contains(name, `\`) || strings.ContainsRune(name, 0) {
		return "", false, outside("only files below the document's folder can be referred to, by relative paths")
	}
	key = path.Join(path.Dir(from.key), name)
	if key == ".." || strings.HasPrefix(key, "../") {
		return "", false, outside("it leaves the document's folder")
	}
	return key, false, nil
}

// isAllowed tells whether a reference may lead to a URL.
func (c *loading) isAllowed(u *url.URL) bool { return c.opts.AllowRemoteRefs || c.isBeside(u) }

// isBeside tells whether a URL is below the folder of a remote main document,
// as files must be below that of a local one.
func (c *loading) isBeside(u *url.URL) bool {
	main, err := url.Parse(c.opts.Path)
	if err != nil || !isRemote(c.opts.Path) || !strings.EqualFold(u.Scheme, main.Scheme) || !strings.EqualFold(u.Host, main.Host) {
		return false
	}
	folder := strings.TrimSuffix(path.Dir(path.Clean("/"+main.Path)), "/") + "/"
	return strings.HasPrefix(path.Clean("/"+u.Path), folder)
}

// PublicURL returns a URL without what may be secret in it: user, password and
// query.
func PublicURL(address string) string {
	u, err := url.Parse(address)
	if err != nil || !isRemote(address) {
		return address
	}
	return (&url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path, RawPath: u.RawPath}).String()
}

// read reads an input that is not known yet.
func (c *loading) read(key string, remote bool) (*source, []byte, *problem) {
	if len(c.sources) >= maxFiles || c.total > 4*c.limits.maxBytes {
		return nil, nil, &problem{code: "too-large", fatal: true, message: "the document refers to too many files"}
	}
	var data []byte
	var err error
	name := key
	if remote {
		name = PublicURL(key)
		data, err = c.fetch(key, c.isAllowed)
	} else {
		name = filepath.Join(c.folder, filepath.FromSlash(key))
		data, err = c.readBelow(key)
	}
	switch {
	case err == nil:
	case strings.Contains(err.Error(), "escapes from parent"):
		return nil, nil, &problem{code: "ref-outside", fatal: true, message: "it leaves the document's folder through a symbolic link"}
	case errors.Is(err, fs.ErrNotExist):
		missing := shorten(name)
		if !remote { // the folder is the user's own, however long
			missing = filepath.Join(c.folder, filepath.FromSlash(shorten(key)))
		}
		return nil, nil, dangling(fmt.Sprintf("there is no file %q", missing))
	case remote:
		return nil, nil, &problem{code: "ref-remote", fatal: true, message: err.Error()}
	default:
		return nil, nil, dangling("the file cannot be read: " + diag.Cause(err).Error())
	}
	if int64(len(data)) > c.limits.maxBytes {
		return nil, nil, &problem{code: "too-large", fatal: true,
			message: fmt.Sprintf("the file is larger than %d bytes", c.limits.maxBytes)}
	}
	s := &source{name: name, key: key, remote: remote}
	c.add(s, data)
	return s, data, nil
}

// readBelow reads a regular file below the main document's folder.
func (c *loading) readBelow(key string) ([]byte, error) {
	if c.root == nil {
		return nil, errors.New("a remote document cannot refer to local files")
	}
	info, err := c.root.Stat(key)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("it is not a regular file")
	}
	f, err := c.root.Open(key)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, c.limits.maxBytes+1))
}

// fetch reads a URL within bounds of time and size. Redirects stay within http
// and https and where allowed says.
func (c *loading) fetch(address string, allowed func(*url.URL) bool) ([]byte, error) {
	ctx, cancel := context.WithTimeout(c.ctx, c.limits.maxWait)
	defer cancel()
	data, err := c.get(ctx, address, allowed)
	if errors.Is(err, context.DeadlineExceeded) && c.ctx.Err() == nil {
		err = fmt.Errorf("the server has not sent all of it within %s", c.limits.maxWait)
	}
	return data, err
}

// get requests a URL.
func (c *loading) get(ctx context.Context, address string, allowed func(*url.URL) bool) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	client := &http.Client{CheckRedirect: func(req *http.Request, via []*http.Request) error {
		if len(via) >= maxRedirects {
			return errors.New("too many redirects")
		}
		if req.URL.Scheme != "http" && req.URL.Scheme != "https" {
			return fmt.Errorf("a redirect to %q is not followed", req.URL.Scheme)
		}
		if via[0].URL.Scheme == "https" && req.URL.Scheme == "http" {
			return errors.New("a redirect from https to http is not followed")
		}
		if !allowed(req.URL) {
			return fmt.Errorf("it is redirected to %q; documents are not fetched from there unless --allow-remote-refs is given",
				shorten(PublicURL(req.URL.String())))
		}
		return nil
	}}
	resp, err := client.Do(req)
	if urlErr, ok := errors.AsType[*url.Error](err); ok {
		return nil, urlErr.Err // without the address
	}
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("the server answered %s", resp.Status)
	}
	return io.ReadAll(io.LimitReader(resp.Body, c.limits.maxBytes+1))
}

// inputs lists all files by name.
func (c *loading) inputs() []Input {
	var list []Input
	for key, s := range c.sources {
		list = append(list, Input{Name: PublicURL(key), Sum: s.sum[:]})
	}
	for _, s := range c.overlays {
		list = append(list, Input{Name: s.key, Sum: s.sum[:]})
	}
	for key := range c.refused {
		if c.sources[key] == nil {
			list = append(list, Input{Name: PublicURL(key)})
		}
	}
	slices.SortFunc(list, func(a, b Input) int { return strings.Compare(a.Name, b.Name) })
	return slices.CompactFunc(list, func(a, b Input) bool { return a.Name == b.Name }) // a file may be both
}
