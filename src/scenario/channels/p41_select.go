package main

import "fmt"

func main() {
	first, second := make(chan int, 1), make(chan int, 1)
	first <- 1
	second <- 2

	// Both are ready.
	select {
	case value := <-first:
		fmt.Println(value)
	case value := <-second:
		fmt.Println(value)
	}
}
