//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package output

import (
	"errors"
	"os"
	"syscall"
)

// tryLock locks an open folder until it is closed; false means that somebody
// else has it. The lock is advisory and leaves no trace. Where a file system
// has none, as some on the network, nobody has it.
func tryLock(dir *os.File) bool {
	err := syscall.Flock(int(dir.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	return !errors.Is(err, syscall.EWOULDBLOCK) && !errors.Is(err, syscall.EINTR)
}
