package main

import (
	"fmt"
	"time"
)

func main() {
	// A slot for the answer, whether somebody comes for it or not.
	answer := make(chan string, 1)
	go func() {
		time.Sleep(2 * time.Second)
		answer <- "late"
	}()

	select {
	case text := <-answer:
		fmt.Println(text)
	case <-time.After(time.Second):
		fmt.Println("gave up")
	}
}
