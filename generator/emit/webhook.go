package emit

// webhooks writes webhooks.go.
func (e *emitter) webhooks() {}
