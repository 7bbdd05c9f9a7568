package main

import (
	"fmt"
	"slices"
	"sync"
)

func main() {
	var visits sync.Map
	var wg sync.WaitGroup
	for _, visitor := range []string{"ada", "bob", "ada"} {
		wg.Go(func() {
			for {
				// Another visitor may come in between: then the swap fails, and this one looks again.
				seen, loaded := visits.LoadOrStore(visitor, 1)
				if !loaded || visits.CompareAndSwap(visitor, seen, seen.(int)+1) {
					return
				}
			}
		})
	}
	wg.Wait()

	var lines []string
	visits.Range(func(visitor, seen any) bool {
		lines = append(lines, fmt.Sprintf("%v: %v", visitor, seen))
		return true
	})
	slices.Sort(lines)
	for _, line := range lines {
		fmt.Println(line)
	}
	_, found := visits.LoadAndDelete("ada")
	fmt.Println(found)
	_, found = visits.Load("ada")
	fmt.Println(found)
}
