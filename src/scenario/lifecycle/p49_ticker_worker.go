package main

import (
	"context"
	"fmt"
	"time"
)

type worker struct{}

func (w *worker) run(ctx context.Context) error {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			fmt.Println("flush")
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), 3500*time.Millisecond)
	defer cancel()

	stopped := make(chan error)
	go func() { stopped <- new(worker).run(ctx) }()
	fmt.Println(<-stopped)
}
