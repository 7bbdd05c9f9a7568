package main

import (
	"fmt"
	"sync"
	"time"
)

func double(job int) int {
	time.Sleep(time.Duration(job) * time.Second)
	return 2 * job
}

func workerPool(workers int, jobs <-chan int) <-chan int {
	results := make(chan int)
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for job := range jobs {
				results <- double(job)
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
	start := time.Now()
	jobs := make(chan int, 5)
	for i := 1; i <= 5; i++ {
		jobs <- i
	}
	close(jobs)

	for result := range workerPool(3, jobs) {
		fmt.Println(result)
	}
	fmt.Println(time.Since(start).Round(time.Second))
}
