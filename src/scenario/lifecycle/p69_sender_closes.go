package main

import "fmt"

func main() {
	done := make(chan struct{})
	numbers, ended := make(chan int), make(chan struct{})
	go func() {
		defer close(ended)
		// The sender alone knows when nothing more comes.
		defer close(numbers)
		for n := 1; n <= 3; n++ {
			select {
			case numbers <- n:
			case <-done:
				return
			}
		}
	}()

	fmt.Println(<-numbers)
	// Had enough: the receiver says so on a channel of its own.
	close(done)
	<-ended
}
