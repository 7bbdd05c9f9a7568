package main

import "fmt"

func main() {
	c := make(chan int)
	// A send and a receive have to meet, and there is only main.
	c <- 1
	fmt.Println(<-c)
}
