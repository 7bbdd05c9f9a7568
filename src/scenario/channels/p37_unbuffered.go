package main

import (
	"fmt"
	"time"
)

func main() {
	c, done := make(chan int), make(chan struct{})
	go func() {
		defer close(done)
		fmt.Println("sending")
		c <- 1
		fmt.Println("sent")
	}()

	time.Sleep(time.Second)
	fmt.Println("receiving")
	<-c
	<-done
}
