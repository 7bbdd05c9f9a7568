package main

import "fmt"

func receive(messages <-chan int, disconnect <-chan struct{}) {
	for {
		// When both are ready, either is taken.
		select {
		case message := <-messages:
			fmt.Println(message)
		case <-disconnect:
			return
		}
	}
}

func main() {
	messages := make(chan int, 3)
	disconnect := make(chan struct{})

	go func() {
		for i := 1; i <= 3; i++ {
			messages <- i
		}
		disconnect <- struct{}{}
	}()

	receive(messages, disconnect)
	fmt.Println("disconnected")
}
