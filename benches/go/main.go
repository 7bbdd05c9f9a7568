// The workloads of benches/peers in Go: the same work with the same counts, checked the same way.
//
// Called as `go-bench contender workload n`; prints nanoseconds per operation or bytes per task.
package main

import (
	"fmt"
	"os"
	"strconv"
	"time"
)

// A workload does n items and panics if the result is wrong.
type workload struct {
	scale uint64 // n is divided by it
	ops   uint64 // operations per item
	run   func(n uint64)
}

var workloads = map[string]workload{
	"pingpong": {1, 1, pingpong},
	"unbuf":    {1, 1, func(n uint64) { stream(0, n) }},
	"buf128":   {1, 1, func(n uint64) { stream(128, n) }},
	"pipe3":    {1, 3, func(n uint64) { pipe(3, n) }},
	"pipe10":   {5, 10, func(n uint64) { pipe(10, n) }},
	"pipe100":  {50, 100, func(n uint64) { pipe(100, n) }},
	"erased3":  {1, 3, func(n uint64) { erased(3, n) }},
	"fan4":     {1, 2, fan4},
	"sel2":     {1, 1, ready2},
	"sel8":     {1, 1, ready8},
	"selpark2": {1, 1, parked2},
	"selpark8": {1, 1, parked8},
	"spawn":    {1, 1, spawn},
	"mpmc":     {1, 1, mpmc},
}

func main() {
	name := os.Args[2]
	n, err := strconv.ParseUint(os.Args[3], 10, 64)
	if err != nil {
		panic(err)
	}
	if w, ok := workloads[name]; ok {
		fmt.Println(w.time(n / w.scale))
		return
	}
	bytes := parked(name, n)
	if bytes < 0 {
		fmt.Println("not expressible")
		return
	}
	fmt.Println(bytes)
}

// Nanoseconds per operation of the second of two runs; the first, shorter one warms up.
func (w workload) time(items uint64) float64 {
	warm := items / 10
	if wasm {
		warm = items
	}
	w.run(warm)
	start := time.Now()
	w.run(items)
	return float64(time.Since(start).Nanoseconds()) / float64(items*w.ops)
}

func check(got, want uint64) {
	if got != want {
		panic(fmt.Sprintf("got %d instead of %d", got, want))
	}
}
