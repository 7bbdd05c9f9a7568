package main

import "fmt"

func main() {
	done := make(chan struct{})
	stringStream := make(chan string)

	go func() {
		defer close(stringStream)
		for _, s := range []string{"a", "b", "c"} {
			select {
			case stringStream <- s:
			case <-done:
				return
			}
		}
	}()

	fmt.Println(<-stringStream)
	close(done)
}
