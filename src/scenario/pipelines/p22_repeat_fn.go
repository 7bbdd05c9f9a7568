package main

import (
	"context"
	"fmt"
	"math/rand/v2"
)

func repeatFn(ctx context.Context, fn func() int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for {
			select {
			case out <- fn():
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

func take(ctx context.Context, in <-chan int, n int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for range n {
			select {
			case v, ok := <-in:
				if !ok {
					return
				}
				select {
				case out <- v:
				case <-ctx.Done():
					return
				}
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()

	roll := func() int { return rand.IntN(6) + 1 }
	for number := range take(ctx, repeatFn(ctx, roll), 4) {
		fmt.Println(number)
	}
}
