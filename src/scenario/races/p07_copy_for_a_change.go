package main

import (
	"fmt"
	"maps"
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
	// What was handed out never changes: the requests to come get another map.
	next := maps.Clone(settings)
	next["limit"] = 20

	wg.Wait()
	fmt.Println(next["limit"])
}
