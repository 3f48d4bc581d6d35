package emit

// client writes client.go.
func (e *emitter) client() {}
