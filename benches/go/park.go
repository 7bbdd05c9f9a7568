package main

import (
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
)

const wasm = runtime.GOARCH == "wasm"

// Bytes for each of n goroutines that are blocked on a receive; negative if there is no such workload.
func parked(name string, n uint64) float64 {
	if name != "park-own" && name != "park-shared" {
		return -1
	}
	before := resident()
	var channels []chan uint64
	shared := make(chan uint64)
	var started atomic.Uint64
	for range n {
		ch := shared
		if name == "park-own" {
			ch = make(chan uint64)
			channels = append(channels, ch)
		}
		go func() {
			started.Add(1)
			<-ch
		}()
	}
	for started.Load() < n {
		runtime.Gosched()
	}
	grown := resident() - before
	runtime.KeepAlive(channels)
	return grown / float64(n)
}

// What the process occupies, in bytes.
func resident() float64 {
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		panic(err)
	}
	pages, err := strconv.Atoi(strings.Fields(string(text))[1])
	if err != nil {
		panic(err)
	}
	return float64(pages) * 4096
}
