package build

// reportUnchecked reports the keyword of a schema that only validates and that
// generated code does not check.
func (b *builder) reportUnchecked(n node) {
	if n.schema.ContentSchema != nil {
		b.warnOnce(join(n.ptr, "contentSchema"), "unchecked", "what is encoded in the string is not checked by the generated code")
	}
}

// warnOnce reports something about a place that is looked at several times.
func (b *builder) warnOnce(ptr, code, format string, args ...any) {
	b.warnFirst(ptr, ptr, code, format, args...)
}

// warnFirst reports something at the first place that has it.
func (b *builder) warnFirst(it, ptr, code, format string, args ...any) {
	key := code + "\x00" + it
	if !b.warned[key] {
		b.warned[key] = true
		b.warnf(ptr, code, format, args...)
	}
}
