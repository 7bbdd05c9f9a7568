package main

import (
	"fmt"
	"runtime"
	"sync"
)

func main() {
	counter := 0
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			before := counter
			// Here the other one may do the same.
			runtime.Gosched()
			counter = before + 1
		})
	}
	wg.Wait()
	fmt.Println(counter)
}
