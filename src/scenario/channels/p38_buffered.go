package main

import (
	"fmt"
	"time"
)

func main() {
	c, done := make(chan int, 2), make(chan struct{})
	go func() {
		defer close(done)
		for i := 1; i <= 4; i++ {
			c <- i
			fmt.Println("sent", i)
		}
	}()

	time.Sleep(time.Second)
	fmt.Println("receiving")
	for range 4 {
		<-c
	}
	<-done
}
