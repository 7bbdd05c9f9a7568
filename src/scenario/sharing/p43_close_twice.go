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
	for i := 0; i < 2; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			stop(done)
		}()
	}
	wg.Wait()
	<-done
	fmt.Println("stopped")
}
