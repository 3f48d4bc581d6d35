// Package e2e runs generated clients against Prism, an independent server that
// serves a document and judges every request by it: the clients of the
// documents of specs/, and, where the folder ../shared/corpus is there, those
// of two well-known documents of others. Its tests need Node.js and the build
// tag e2e; run.sh does it all.
package e2e
