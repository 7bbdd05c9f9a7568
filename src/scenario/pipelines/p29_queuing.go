package main

import (
	"fmt"
	"time"
)

const ms = time.Millisecond

// Six values come in two bursts of three; the consumer needs two milliseconds for each.
func bursts() <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for i := 1; i <= 6; i++ {
			if i%3 == 1 {
				time.Sleep(6 * ms)
			}
			out <- i
		}
	}()
	return out
}

func buffer(in <-chan int, size int) <-chan int {
	out := make(chan int, size)
	go func() {
		defer close(out)
		for v := range in {
			out <- v
		}
	}()
	return out
}

func consume(values <-chan int, start time.Time) time.Duration {
	for range values {
		time.Sleep(2 * ms)
	}
	return time.Since(start).Round(ms)
}

func main() {
	fmt.Println("without a queue:", consume(bursts(), time.Now()))
	fmt.Println("with a queue of 2:", consume(buffer(bursts(), 2), time.Now()))
	fmt.Println("with a queue of 10:", consume(buffer(bursts(), 10), time.Now()))
}
