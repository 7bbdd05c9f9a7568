package main

import (
	"fmt"
	"math/rand/v2"
	"time"
)

func newRandStream(done <-chan struct{}) <-chan int {
	randStream := make(chan int)
	go func() {
		defer fmt.Println("producer exited")
		defer close(randStream)
		for {
			select {
			case randStream <- rand.IntN(100):
			case <-done:
				return
			}
		}
	}()
	return randStream
}

func main() {
	done := make(chan struct{})
	randStream := newRandStream(done)
	for range 3 {
		fmt.Println(<-randStream)
	}
	close(done)

	// Simulate ongoing work.
	time.Sleep(time.Second)
}
