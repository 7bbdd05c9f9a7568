package main

import (
	"context"
	"fmt"
	"sync"
)

// A type of its own for the key, so that nobody else's key is ever equal to it.
type requestID struct{}

func handle(ctx context.Context) {
	query(ctx)
}

// Two calls down, without the id in any signature between.
func query(ctx context.Context) {
	id := ctx.Value(requestID{}).(int)
	fmt.Println("query of request", id)
}

func main() {
	var wg sync.WaitGroup
	for _, id := range []int{17, 18} {
		ctx := context.WithValue(context.Background(), requestID{}, id)
		wg.Go(func() {
			handle(ctx)
		})
	}
	wg.Wait()
}
