package support

import (
	"strconv"
	"unsafe"
)

// putInteger writes an integer.
func (e *encoder) putInteger(to unsafe.Pointer, v int64) unsafe.Pointer {
	u, n := uint64(v), 0
	if v < 0 {
		*(*byte)(to) = '-'
		u, n = -u, 1
	}
	switch {
	case u < 1e2: // most numbers of things
		n += pair(unsafe.Add(to, n), u)
	case u < 1e8:
		n += leading(unsafe.Add(to, n), u)
	case u < 1e10: // most identifiers
		n += pair(unsafe.Add(to, n), u/1e8)
		putWord(unsafe.Add(to, n), eightDigits(u%1e8)|'0'*ones)
		n += 8
	case u < 1e16:
		n += leading(unsafe.Add(to, n), u/1e8)
		putWord(unsafe.Add(to, n), eightDigits(u%1e8)|'0'*ones)
		n += 8
	default:
		n = len(strconv.AppendInt(unsafe.Slice((*byte)(to), slack)[:0], v, 10))
	}
	*(*byte)(unsafe.Add(to, n)) = ','
	return e.reserve(unsafe.Add(to, n+1), 0)
}

// pair writes a number below 100, without a zero before it, and returns how many digits it has.
func pair(to unsafe.Pointer, u uint64) int {
	tens, short := u*103>>10, (u-1e1)>>63
	putWord(to, (tens|(u-tens*10)<<8|'0'*ones)>>(8*short))
	return 2 - int(short)
}

// putUnsigned writes an integer without a sign.
func (e *encoder) putUnsigned(to unsafe.Pointer, v uint64) unsafe.Pointer {
	return e.appended(to, append(strconv.AppendUint(e.room(to), v, 10), ','))
}

// leading writes a number below 1e8, without zeros before it, and returns how many digits it has.
// It does not look for them in the digits, as what is written next waits for that number.
func leading(to unsafe.Pointer, u uint64) int {
	missing := (u-1e1)>>63 + (u-1e2)>>63 + (u-1e3)>>63 + (u-1e4)>>63 + (u-1e5)>>63 + (u-1e6)>>63 + (u-1e7)>>63
	putWord(to, (eightDigits(u)|'0'*ones)>>(8*missing))
	return 8 - int(missing)
}

// eightDigits returns the digits of a number below 1e8, the first of them in the lowest byte.
// Instead of dividing it multiplies, several digits at a time.
func eightDigits(u uint64) uint64 {
	x := u/1e4 | u%1e4<<32
	high := (x * 10486) >> 20 & 0x7f_0000_007f
	x = high | (x-high*100)<<16
	return twoDigits(x)
}

// twoDigits returns the digits of four numbers below 100, sixteen bits each.
func twoDigits(x uint64) uint64 {
	tens := (x * 103) >> 10 & 0x000f_000f_000f_000f
	return tens | (x-tens*10)<<8
}
