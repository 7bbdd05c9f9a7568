package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

type server struct {
	running atomic.Bool
}

// To look and to set are one operation: no second start can come in between.
func (s *server) start() {
	if s.running.Swap(true) {
		fmt.Println("runs already")
		return
	}
	fmt.Println("started")
}

func main() {
	var s server
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(s.start)
	}
	wg.Wait()
}
