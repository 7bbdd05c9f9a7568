package main

import (
	"context"
	"fmt"
	"sync"
	"time"
)

func workerPool(ctx context.Context, workers int, jobs <-chan int) <-chan int {
	results := make(chan int)
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for job := range jobs {
				select {
				case results <- 2 * job:
				case <-ctx.Done():
					return
				}
			}
		})
	}
	go func() {
		wg.Wait()
		close(results)
	}()
	return results
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()

	jobs := make(chan int, 6)
	for job := 1; job <= 6; job++ {
		jobs <- job
	}
	close(jobs)

	fmt.Println(<-workerPool(ctx, 2, jobs))
	// Meanwhile each worker has its next result in hand.
	time.Sleep(time.Second)
}
