package main

import (
	"fmt"
	"runtime"
	"sync"
)

func main() {
	counter := 0
	var wg sync.WaitGroup
	for i := 0; i < 2; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			before := counter
			// Here the other one may do the same.
			runtime.Gosched()
			counter = before + 1
		}()
	}
	wg.Wait()
	fmt.Println(counter)
}
