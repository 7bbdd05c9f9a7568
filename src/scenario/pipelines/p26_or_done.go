package main

import (
	"context"
	"fmt"
	"time"
)

func orDone(ctx context.Context, in <-chan int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for {
			select {
			case <-ctx.Done():
				return
			case v, ok := <-in:
				if !ok {
					return
				}
				select {
				case out <- v:
				case <-ctx.Done():
				}
			}
		}
	}()
	return out
}

// Not ours: it never closes its channel, and does not know our context.
func ticksOfSomeoneElse() <-chan int {
	out := make(chan int, 3)
	go func() {
		for i := 1; i <= 3; i++ {
			time.Sleep(time.Second)
			out <- i
		}
	}()
	return out
}

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), 4500*time.Millisecond)
	defer cancel()

	// A plain loop, which ends when the context does.
	for tick := range orDone(ctx, ticksOfSomeoneElse()) {
		fmt.Println(tick)
	}
	fmt.Println("done")
}
