package main

import (
	"context"
	"fmt"
	"time"
)

func worker(ctx context.Context, jobs <-chan int, done chan<- struct{}) {
	defer close(done)
	for {
		select {
		case <-ctx.Done():
			fmt.Println("canceled")
			return
		case job, ok := <-jobs:
			if !ok {
				fmt.Println("no more jobs")
				return
			}
			fmt.Println(job)
		}
	}
}

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()

	jobs, first := make(chan int), make(chan struct{})
	go worker(ctx, jobs, first)
	jobs <- 1
	close(jobs)
	<-first

	idle, second := make(chan int), make(chan struct{})
	go worker(ctx, idle, second)
	idle <- 2
	time.Sleep(2 * time.Second)
	<-second
}
