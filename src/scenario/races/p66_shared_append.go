package main

import (
	"fmt"
	"runtime"
	"sync"
)

func main() {
	// One number, and room for another.
	base := make([]int, 1, 2)
	var wg sync.WaitGroup
	for n := 1; n <= 2; n++ {
		wg.Go(func() {
			// Each has a header of its own. The room behind it is one and the same.
			mine := append(base, n)
			runtime.Gosched()
			fmt.Println(n, "has", mine)
		})
	}
	wg.Wait()
}
