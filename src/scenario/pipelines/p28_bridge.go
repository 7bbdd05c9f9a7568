package main

import (
	"context"
	"fmt"
)

func generator(ctx context.Context, values ...int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for _, v := range values {
			select {
			case out <- v:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

// A channel of channels: page after page, each with two lines.
func pages(ctx context.Context) <-chan <-chan int {
	out := make(chan (<-chan int))
	go func() {
		defer close(out)
		for page := 1; page <= 3; page++ {
			select {
			case out <- generator(ctx, 10*page+1, 10*page+2):
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

func bridge(ctx context.Context, streams <-chan <-chan int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for stream := range streams {
			for v := range stream {
				select {
				case out <- v:
				case <-ctx.Done():
					return
				}
			}
		}
	}()
	return out
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()

	for line := range bridge(ctx, pages(ctx)) {
		fmt.Println(line)
	}
}
