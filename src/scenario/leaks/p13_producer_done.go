package main

import (
	"fmt"
	"math/rand"
	"time"
)

func newRandStream(done <-chan struct{}) <-chan int {
	randStream := make(chan int)
	go func() {
		defer fmt.Println("producer exited")
		defer close(randStream)
		for {
			select {
			case randStream <- rand.Intn(100):
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
	for i := 0; i < 3; i++ {
		fmt.Println(<-randStream)
	}
	close(done)

	// Simulate ongoing work.
	time.Sleep(time.Second)
}
