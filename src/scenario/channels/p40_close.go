package main

import "fmt"

func main() {
	c := make(chan int, 2)
	c <- 1
	c <- 2
	close(c)

	for value := range c {
		fmt.Println(value)
	}
	fmt.Println("closed")
}
