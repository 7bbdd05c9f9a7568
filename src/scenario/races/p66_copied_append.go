package main

import (
	"fmt"
	"runtime"
	"slices"
	"sync"
)

func main() {
	// One number, and room for another.
	base := make([]int, 1, 2)
	var wg sync.WaitGroup
	for n := 1; n <= 2; n++ {
		wg.Go(func() {
			// The copy has no room to share.
			mine := append(slices.Clone(base), n)
			runtime.Gosched()
			fmt.Println(n, "has", mine)
		})
	}
	wg.Wait()
}
