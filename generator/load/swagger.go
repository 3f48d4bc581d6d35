package load

// fromSwagger rewrites a Swagger 2.0 tree to OpenAPI 3.0.
func (c *loading) fromSwagger(root *node) {}
