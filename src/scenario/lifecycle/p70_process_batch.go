package main

import (
	"context"
	"fmt"
	"time"
)

func process(item int) {
	time.Sleep(time.Second)
	fmt.Println(item)
}

func processBatch(ctx context.Context, items ...int) error {
	for _, item := range items {
		// Between items, not in the middle of one.
		if err := ctx.Err(); err != nil {
			return err
		}
		process(item)
	}
	return nil
}

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), 2500*time.Millisecond)
	defer cancel()

	if err := processBatch(ctx, 1, 2, 3, 4, 5); err != nil {
		fmt.Println(err)
	}
}
