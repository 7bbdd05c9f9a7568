package main

import (
	"context"
	"fmt"
	"math/rand"
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
		for i := 0; i < n; i++ {
			select {
			case out <- <-in:
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

	roll := func() int { return rand.Intn(6) + 1 }
	for number := range take(ctx, repeatFn(ctx, roll), 4) {
		fmt.Println(number)
	}
}
