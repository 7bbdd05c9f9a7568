package main

import (
	"fmt"
	"time"
)

func main() {
	stop, done := make(chan struct{}), make(chan struct{})

	go func() {
		defer close(done)
		ticker := time.NewTicker(time.Second)
		defer ticker.Stop()
		for {
			select {
			case <-ticker.C:
				fmt.Println("flush")
			case <-stop:
				fmt.Println("last flush")
				return
			}
		}
	}()

	time.Sleep(2500 * time.Millisecond)
	close(stop)
	<-done
	fmt.Println("stopped")
}
