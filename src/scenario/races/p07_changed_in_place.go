package main

import (
	"fmt"
	"runtime"
	"sync"
)

func main() {
	settings := map[string]int{"limit": 10}
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			fmt.Println(settings["limit"])
		})
	}

	runtime.Gosched()
	// For the requests to come, but those at work have the same entries.
	next := settings
	next["limit"] = 20

	wg.Wait()
	fmt.Println(next["limit"])
}
