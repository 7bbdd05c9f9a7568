package main

import (
	"fmt"
	"time"
)

func work() {
	time.Sleep(10 * time.Millisecond)
}

// The select is kept short, and the work comes after it.
func shortSelect(done <-chan struct{}) int {
	rounds := 0
	for {
		select {
		case <-done:
			return rounds
		default:
		}
		work()
		rounds++
	}
}

// The work is in the default.
func workInDefault(done <-chan struct{}) int {
	rounds := 0
	for {
		select {
		case <-done:
			return rounds
		default:
			work()
			rounds++
		}
	}
}

func main() {
	done := make(chan struct{})
	first, second := make(chan int, 1), make(chan int, 1)
	go func() { first <- shortSelect(done) }()
	go func() { second <- workInDefault(done) }()

	time.Sleep(35 * time.Millisecond)
	close(done)

	fmt.Println(<-first)
	fmt.Println(<-second)
}
