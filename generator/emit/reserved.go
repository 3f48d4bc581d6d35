package emit

import "github.com/seed-a7989e22/apigen/templates"

// Reserved lists the identifiers that support code may take in a generated
// package, so that names made from a document keep out of their way.
func Reserved() ([]string, error) {
	pkg, err := templates.Parse()
	if err != nil {
		return nil, err
	}
	return pkg.Names(), nil
}
