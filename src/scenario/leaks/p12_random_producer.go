package main

import (
	"fmt"
	"math/rand"
)

func newRandStream() <-chan int {
	randStream := make(chan int)
	go func() {
		defer fmt.Println("producer exited")
		defer close(randStream)
		for {
			randStream <- rand.Intn(100)
		}
	}()
	return randStream
}

func main() {
	randStream := newRandStream()
	for i := 0; i < 3; i++ {
		fmt.Println(<-randStream)
	}
}
