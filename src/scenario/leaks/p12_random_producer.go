package main

import (
	"fmt"
	"math/rand/v2"
)

func newRandStream() <-chan int {
	randStream := make(chan int)
	go func() {
		defer fmt.Println("producer exited")
		defer close(randStream)
		for {
			randStream <- rand.IntN(100)
		}
	}()
	return randStream
}

func main() {
	randStream := newRandStream()
	for range 3 {
		fmt.Println(<-randStream)
	}
}
