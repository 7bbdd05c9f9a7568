package main

import (
	"context"
	"fmt"
	"strings"
)

// One stage for all pipelines whatever they carry: with any as its type, or with a type parameter.
func repeat[T any](ctx context.Context, values ...T) <-chan T {
	out := make(chan T)
	go func() {
		defer close(out)
		for {
			for _, v := range values {
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

func take[T any](ctx context.Context, in <-chan T, n int) <-chan T {
	out := make(chan T)
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

// A stage at the end that asks what it is.
func toString(ctx context.Context, in <-chan any) <-chan string {
	out := make(chan string)
	go func() {
		defer close(out)
		for v := range in {
			select {
			case out <- v.(string):
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

	erased := toString(ctx, take(ctx, repeat[any](ctx, "I", "am."), 4))
	typed := take(ctx, repeat(ctx, "I", "am."), 4)
	for _, words := range []<-chan string{erased, typed} {
		var message []string
		for word := range words {
			message = append(message, word)
		}
		fmt.Println(strings.Join(message, " "))
	}
}
