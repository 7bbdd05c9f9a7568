package main

import (
	"fmt"
	"sync"
)

type stopper struct {
	once sync.Once
	done chan struct{}
}

// Whoever finds a reason to stop may call this, however many do.
func (s *stopper) stop() {
	s.once.Do(func() { close(s.done) })
}

func main() {
	s := &stopper{done: make(chan struct{})}
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(s.stop)
	}
	wg.Wait()
	<-s.done
	fmt.Println("stopped")
}
