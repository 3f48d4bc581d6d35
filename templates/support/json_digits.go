package support

import (
	"encoding/binary"
	"math/bits"
	"strconv"
)

// integer writes an integer.
func (e *encoder) integer(v int64) {
	b, u, n := e.room(24), uint64(v), 0
	if v < 0 {
		b[0] = '-'
		u, n = -u, 1
	}
	switch {
	case u < 1e8:
		n += leading(b[n:], eightDigits(u))
	case u < 1e16:
		n += leading(b[n:], eightDigits(u/1e8))
		binary.LittleEndian.PutUint64(b[n:], eightDigits(u%1e8)|'0'*ones)
		n += 8
	default:
		n = len(strconv.AppendInt(b[:0], v, 10))
	}
	b[n] = ','
	e.n += n + 1
}

// unsigned writes an integer without a sign.
func (e *encoder) unsigned(v uint64) {
	e.n += len(append(strconv.AppendUint(e.room(24)[:0], v, 10), ','))
}

// leading writes digits but the zeros before the first, and returns their number.
func leading(b []byte, digits uint64) int {
	zeros := bits.TrailingZeros64(digits|1<<56) / 8
	binary.LittleEndian.PutUint64(b, (digits|'0'*ones)>>(8*zeros))
	return 8 - zeros
}

// eightDigits returns the digits of a number below 1e8, the first of them in the lowest byte.
// Instead of dividing it multiplies, several digits at a time.
func eightDigits(u uint64) uint64 {
	x := u/1e4 | u%1e4<<32
	high := (x * 10486) >> 20 & 0x7f_0000_007f
	x = high | (x-high*100)<<16
	high = (x * 103) >> 10 & 0x000f_000f_000f_000f
	return high | (x-high*10)<<8
}
