package support

// more says by how many elements a list of n grows, which has taken length
// bytes so far. What follows an outer list is most likely more of it. Without
// looking at the text, a list of large elements would be copied again and again.
// What is guessed in one decoding stays within four times its text, so that no
// text makes the guesses themselves expensive.
func (d *decoder) more(n, length, size int) int {
	if d.depth > 2 {
		return n
	}
	size = max(size, 1)
	rest := len(d.data) - d.pos
	likely := min(rest/(length/n+1)*5/4+1, (4*len(d.data)-d.guessed)/size)
	d.guessed += likely * size
	return max(n/4+1, likely)
}

// listOf decodes a list.
func listOf[T any](d *decoder, read func(*decoder) T) []T {
	var list []T
	if d.peek() == '[' {
		list = []T{}
	}
	for a := d.array(); a.more; a = d.advance(a) {
		if a.index == 0 { // of an empty list nothing is allocated
			list = make([]T, 0, 4)
		}
		list = append(list, read(d))
	}
	return list
}

// mapOf decodes an object of arbitrary properties.
func mapOf[T any](d *decoder, read func(*decoder) T) map[string]T {
	var m map[string]T
	if d.peek() == '{' {
		m = map[string]T{}
	}
	for name := range d.members {
		m[name] = read(d)
	}
	return m
}
