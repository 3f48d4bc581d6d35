package output

import (
	"fmt"
	"strings"
)

// maxName keeps a file name, with what a temporary one adds, below the limit
// of common file systems.
const maxName = 200

// checkNames reports the first file that cannot be written under its name on
// every system, or that the go command would not build everywhere.
func checkNames(files []File) error {
	seen := map[string]string{}
	for _, f := range files {
		if err := checkName(f.Name); err != nil {
			return err
		}
		folded := strings.ToLower(f.Name)
		if other, ok := seen[folded]; ok {
			return fmt.Errorf("the files %s and %s have the same name where case is ignored", other, f.Name)
		}
		seen[folded] = f.Name
	}
	return nil
}

func checkName(name string) error {
	base, isGo := strings.CutSuffix(name, ".go")
	switch {
	case name == lockFile:
		return nil
	case !isGo || base == "":
		return fmt.Errorf("%q is not the name of a Go file", name)
	case len(name) > maxName:
		return fmt.Errorf("the file name %q is longer than %d bytes", name, maxName)
	case strings.ContainsRune("_-.", rune(base[0])):
		return fmt.Errorf("the file name %q must start with a letter or digit", name)
	case strings.HasSuffix(base, "_test"):
		return fmt.Errorf("the file %s would be built only for tests", name)
	case isDevice(base):
		return fmt.Errorf("the file name %s is reserved on Windows", name)
	}
	for _, c := range []byte(base) {
		if !('a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' || c == '_' || c == '-' || c == '.') {
			return fmt.Errorf("the file name %q must consist of letters, digits, underscores, hyphens and dots", name)
		}
	}
	if target := buildTarget(base); target != "" {
		return fmt.Errorf("the file %s would be built only for %s", name, target)
	}
	return nil
}

// isDevice reports whether base, whatever its extension, is a device on Windows.
func isDevice(base string) bool {
	base, _, _ = strings.Cut(strings.ToLower(base), ".")
	switch base {
	case "con", "prn", "aux", "nul", "conin$", "conout$":
		return true
	}
	for _, port := range []string{"com", "lpt"} {
		if n, ok := strings.CutPrefix(base, port); ok && len(n) == 1 && '0' <= n[0] && n[0] <= '9' {
			return true
		}
	}
	return false
}

// buildTarget returns the operating system or architecture to which the go
// command restricts a file because of its name, or "". A word counts only
// behind an underscore; the list is that of go/build, old names included.
func buildTarget(base string) string {
	i := strings.LastIndexByte(base, '_')
	if i < 0 {
		return ""
	}
	switch last := base[i+1:]; last {
	case "aix", "android", "darwin", "dragonfly", "freebsd", "hurd", "illumos", "ios", "js", "linux", "nacl",
		"netbsd", "openbsd", "plan9", "solaris", "wasip1", "windows", "zos",
		"386", "amd64", "amd64p32", "arm", "armbe", "arm64", "arm64be", "loong64", "mips", "mipsle", "mips64",
		"mips64le", "mips64p32", "mips64p32le", "ppc", "ppc64", "ppc64le", "riscv", "riscv64", "s390", "s390x",
		"sparc", "sparc64", "wasm":
		return last
	}
	return ""
}
