// Prints where the fields of its types are.
package main

import (
	"fmt"
	"reflect"
	"sync"
	"sync/atomic"
	"unsafe"

	"example.com/shapes/ring"
)

type Colour uint8

type Point struct{ X, Y int32 }

type Empty struct{}

type Marker [0]func()

type Speaker interface{ Speak() string }

type Shape struct {
	_ Marker
	a uint8
	b uint64
	_ [56]byte
	c Colour
	Point
	*ring.Base
	text    string
	bytes   []byte
	points  map[string]*Point
	queue   chan Point
	any     interface{}
	speaker Speaker
	test    func(int) bool
	grid    [2][3]uint16
	number  complex128
	err     error
	raw     unsafe.Pointer
	address uintptr
	inner   struct {
		q uint8
		r uint32
	}
	_    struct{}
	tail Empty
}

type Shared struct {
	mu   sync.Mutex
	rw   sync.RWMutex
	n    atomic.Int64
	flag atomic.Bool
	old  int64
	ptr  atomic.Pointer[Point]
	v    atomic.Value
	wg   sync.WaitGroup
	once sync.Once
	cond *sync.Cond
}

type Pair[K comparable, V any] struct {
	Key   K
	Value V
	next  *Pair[K, V]
}

type Triple struct {
	a complex64
	b bool
	_ struct{}
}

func main() {
	type local struct {
		a int8
		b int64
	}
	facts(reflect.TypeOf(Shape{}))
	facts(reflect.TypeOf(Shared{}))
	facts(reflect.TypeOf(ring.Ring[int64]{}))
	facts(reflect.TypeOf(ring.Ring[Point]{}))
	facts(reflect.TypeOf(Pair[string, int8]{}))
	facts(reflect.TypeOf(Triple{}))
	l := local{1, 2}
	println(l.a, &l)
}

// Prints the size and the alignment of a struct, and the offset and the size of each field, in bytes.
func facts(t reflect.Type) {
	if t.Kind() != reflect.Struct || t.Name() == "" || t.Size() == 0 {
		return
	}
	fmt.Printf("%s.%s\t\t%d\t%d\n", t.PkgPath(), t.Name(), t.Size(), t.Align())
	for i := 0; i < t.NumField(); i++ {
		f := t.Field(i)
		fmt.Printf("%s.%s\t%s\t%d\t%d\n", t.PkgPath(), t.Name(), f.Name, f.Offset, f.Type.Size())
		facts(f.Type)
	}
}
