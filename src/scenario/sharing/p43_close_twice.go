package main

import (
	"fmt"
	"sync"
)

// Whoever finds a reason to stop closes done; here two do.
func stop(done chan struct{}) {
	close(done)
}

func main() {
	done := make(chan struct{})
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			stop(done)
		})
	}
	wg.Wait()
	<-done
	fmt.Println("stopped")
}
