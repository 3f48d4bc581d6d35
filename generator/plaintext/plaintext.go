// Package plaintext reads input files as editors show them, and compares them as version control
// does.
package plaintext

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"
)

// Decode returns a file as UTF-8 without a byte order mark, in which every line
// ends with a line feed. UTF-16 is decoded, with a mark or where the first
// characters tell, and a carriage return alone, which ends lines as well, becomes
// a line feed. What is neither UTF-8 nor UTF-16 stays.
func Decode(data []byte) []byte {
	switch {
	case bytes.HasPrefix(data, []byte{0xEF, 0xBB, 0xBF}):
		data = data[3:]
	case UTF32(data):
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE}):
		data = fromUTF16(data[2:], binary.LittleEndian)
	case bytes.HasPrefix(data, []byte{0xFE, 0xFF}):
		data = fromUTF16(data[2:], binary.BigEndian)
	case len(data) >= 4 && data[0] != 0 && data[1] == 0 && data[2] != 0 && data[3] == 0:
		data = fromUTF16(data, binary.LittleEndian)
	case len(data) >= 4 && data[0] == 0 && data[1] != 0 && data[2] == 0 && data[3] != 0:
		data = fromUTF16(data, binary.BigEndian)
	}
	return lines(data)
}

// UTF32 reports whether a file begins with the byte order mark of UTF-32.
func UTF32(data []byte) bool {
	return bytes.HasPrefix(data, []byte{0xFF, 0xFE, 0, 0}) || bytes.HasPrefix(data, []byte{0, 0, 0xFE, 0xFF})
}

// Invalid returns the offset of the first byte that is not UTF-8; -1 when all
// are.
func Invalid(data []byte) int {
	if utf8.Valid(data) {
		return -1
	}
	i := 0
	for r, size := rune(0), 0; r != utf8.RuneError || size > 1; i += size {
		r, size = utf8.DecodeRune(data[i:])
	}
	return i - 1
}

// fromUTF16 decodes UTF-16 without its byte order mark.
func fromUTF16(data []byte, order binary.ByteOrder) []byte {
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = order.Uint16(data[2*i:])
	}
	return []byte(string(utf16.Decode(units)))
}

// lines makes line feeds of the carriage returns that no line feed follows. It
// copies data only if there are any.
func lines(data []byte) []byte {
	copied := false
	for i := 0; i < len(data); i++ {
		next := bytes.IndexByte(data[i:], '\r')
		if next < 0 {
			break
		}
		if i += next; i+1 < len(data) && data[i+1] == '\n' {
			continue
		}
		if !copied {
			data, copied = bytes.Clone(data), true
		}
		data[i] = '\n'
	}
	return data
}

// UnixLines ends lines as Unix does. Whatever remembers a file does so without its line ends,
// because version control may convert them.
func UnixLines(data []byte) []byte {
	if bytes.IndexByte(data, '\r') < 0 {
		return data
	}
	return bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
}

// Sum returns the hash of a file, for which line ends do not count.
func Sum(data []byte) [sha256.Size]byte { return sha256.Sum256(UnixLines(data)) }
