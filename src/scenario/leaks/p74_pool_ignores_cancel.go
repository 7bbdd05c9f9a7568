package main

import (
	"context"
	"fmt"
	"sync"
	"time"
)

func startWorkerPool(ctx context.Context, workers int, jobs <-chan int, results chan<- int) {
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for job := range jobs {
				if ctx.Err() != nil {
					return
				}
				// Asked before, and deaf from here on.
				results <- 2 * job
			}
		})
	}
	wg.Wait()
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()

	jobs := make(chan int, 6)
	for job := 1; job <= 6; job++ {
		jobs <- job
	}
	close(jobs)

	results := make(chan int)
	go startWorkerPool(ctx, 2, jobs, results)
	fmt.Println(<-results)
	// Meanwhile each worker has its next result in hand.
	time.Sleep(time.Second)
}
