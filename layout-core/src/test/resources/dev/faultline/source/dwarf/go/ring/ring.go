// Package ring has a generic type.
package ring

import "sync/atomic"

type Ring[T any] struct {
	Head  uint64
	Slots [4]T
	Tail  atomic.Int64
}

type Base struct {
	ID   uint32
	Name string
}
