package emit

import "github.com/seed-a7989e22/apigen/generator/ir"

// service writes the service types and methods of a top-level service.
func service(s *ir.Service) func(*emitter) {
	return func(e *emitter) {}
}
