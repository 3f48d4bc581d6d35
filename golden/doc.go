// Package golden generates clients from small documents and compares every
// byte with what is stored. It consists of tests and of the cases beside it.
//
// A case is an archive NAME.txtar. Its comment says what it is about; a line
// "store: everything" stores support files as well, which are left out
// otherwise because they depend on the document only by what they leave out.
// The files are:
//
//	openapi.yaml or openapi.json   the document
//	config.yaml                    keys of its client in gen.yaml (optional)
//	run_test.go                    a test of the generated package (optional)
//	want/diagnostics.txt           what is reported
//	want/*.go                      what is generated
//
// Any other file is put beside the document. All generated packages are built,
// vetted and tested together, in a module of their own that says go 1.24; the
// import path of a package is golden.test/NAME. "make golden" rewrites the
// wanted files.
package golden
