package main

import "fmt"

func main() {
	numbers, ended := make(chan int), make(chan struct{})
	go func() {
		defer close(ended)
		for n := 1; n <= 3; n++ {
			numbers <- n
		}
	}()

	fmt.Println(<-numbers)
	// Had enough. But the one who sends does not know.
	close(numbers)
	<-ended
}
