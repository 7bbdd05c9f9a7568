package main

import (
	"fmt"
	"time"
)

const second = 20 * time.Millisecond

// The producer makes a value a second, the consumer needs two seconds for each.
func firstWait(size int) int {
	c := make(chan int, size)
	go func() {
		for range c {
			time.Sleep(2 * second)
		}
	}()

	defer close(c)
	for n := 1; n <= 20; n++ {
		time.Sleep(second)
		before := time.Now()
		c <- n
		if time.Since(before) > second/2 {
			return n
		}
	}
	return 0
}

func main() {
	for _, size := range []int{0, 1, 5} {
		if n := firstWait(size); n > 0 {
			fmt.Printf("size %d: waits at value %d\n", size, n)
		} else {
			fmt.Printf("size %d: never waits\n", size)
		}
	}
}
