package main

import (
	"fmt"
	"sync"
)

func main() {
	ready := make(chan struct{})
	var wg sync.WaitGroup
	for i := 1; i <= 3; i++ {
		wg.Go(func() {
			<-ready
			fmt.Println(i)
		})
	}

	fmt.Println("go")
	close(ready)
	wg.Wait()
}
