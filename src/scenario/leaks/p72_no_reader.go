package main

import (
	"fmt"
	"time"
)

func main() {
	answer := make(chan string)
	go func() {
		time.Sleep(2 * time.Second)
		// By now the one who asked has gone.
		answer <- "late"
	}()

	select {
	case text := <-answer:
		fmt.Println(text)
	case <-time.After(time.Second):
		fmt.Println("gave up")
	}
}
