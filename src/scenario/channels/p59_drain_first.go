package main

import "fmt"

func receive(messages <-chan int, disconnect <-chan struct{}) {
	for {
		select {
		case message := <-messages:
			fmt.Println(message)
		case <-disconnect:
			// What was sent before the disconnect is in the queue by now.
			for {
				select {
				case message := <-messages:
					fmt.Println(message)
				default:
					return
				}
			}
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
