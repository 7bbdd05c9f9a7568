package main

import "fmt"

func doWork(strings <-chan string) <-chan struct{} {
	completed := make(chan struct{})
	go func() {
		defer fmt.Println("worker exited")
		defer close(completed)
		for s := range strings {
			// Do something interesting.
			fmt.Println(s)
		}
	}()
	return completed
}

func main() {
	doWork(nil)
	// Perhaps more work is done here.
	fmt.Println("done")
}
