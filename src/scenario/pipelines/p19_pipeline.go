package main

import (
	"context"
	"fmt"
)

func generator(ctx context.Context, from, to int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for i := from; i <= to; i++ {
			select {
			case out <- i:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

func transform(ctx context.Context, in <-chan int, f func(int) int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for i := range in {
			select {
			case out <- f(i):
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

func multiply(ctx context.Context, ints <-chan int, multiplier int) <-chan int {
	return transform(ctx, ints, func(i int) int { return i * multiplier })
}

func add(ctx context.Context, ints <-chan int, additive int) <-chan int {
	return transform(ctx, ints, func(i int) int { return i + additive })
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()

	ints := generator(ctx, 1, 8)
	for result := range multiply(ctx, add(ctx, ints, 1), 2) {
		fmt.Println(result)
		if result >= 10 {
			break
		}
	}
}
