package main

import (
	"context"
	"fmt"
	"time"
)

// The statistics take this long to collect; the handler gives them 100 ms.
func handler(took time.Duration) string {
	ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
	defer cancel()

	// One slot, so that a late answer has a place to go.
	stats := make(chan string, 1)
	go func() {
		time.Sleep(took)
		stats <- "statistics"
	}()

	select {
	case answer := <-stats:
		return answer
	case <-ctx.Done():
		return "gave up"
	}
}

func main() {
	for _, ms := range []int{99, 100, 101} {
		answer := handler(time.Duration(ms) * time.Millisecond)
		fmt.Printf("%d ms: %s\n", ms, answer)
	}
}
