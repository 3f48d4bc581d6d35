// Package hostile has the tests that hold the generator against documents made
// to do harm: poisoned strings at every place of a document, documents that
// exhaust time or memory, and files and folders that lead elsewhere. It has no
// code of its own.
package hostile
