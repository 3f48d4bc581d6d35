// Package arch has the tests that hold the shape of this project: which
// package may import which, that no package has mutable state, and how large
// files and functions may grow. It has no code of its own.
package arch
