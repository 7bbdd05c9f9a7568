package main

import (
	"fmt"
	"sync"
)

func main() {
	results := make(chan int, 2)
	var wg sync.WaitGroup
	for part := 1; part <= 2; part++ {
		wg.Go(func() {
			results <- part
		})
	}
	go func() {
		// After all sends, whoever was last.
		wg.Wait()
		close(results)
	}()
	for part := range results {
		fmt.Println(part)
	}
}
