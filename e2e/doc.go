// Package e2e runs the generated clients against Prism, an independent server
// that serves the documents of specs/ and judges every request by them. Its
// tests need Node.js and the build tag e2e; run.sh does it all.
package e2e
