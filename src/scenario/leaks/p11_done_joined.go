package main

import (
	"fmt"
	"time"
)

func doWork(done <-chan struct{}, strings <-chan string) <-chan struct{} {
	completed := make(chan struct{})
	go func() {
		defer close(completed)
		defer fmt.Println("worker exited")
		for {
			select {
			case s := <-strings:
				fmt.Println(s)
			case <-done:
				return
			}
		}
	}()
	return completed
}

func main() {
	done := make(chan struct{})
	terminated := doWork(done, nil)

	go func() {
		time.Sleep(time.Second)
		fmt.Println("canceling the worker")
		close(done)
	}()

	<-terminated
	fmt.Println("done")
}
