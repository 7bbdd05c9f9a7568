package main

import (
	"fmt"
	"strings"
	"sync"
)

// Everybody may reach the sum, one at a time.
func main() {
	pages := []string{"to be or not", "to be", "or to sleep"}
	var mu sync.Mutex
	words := 0
	var wg sync.WaitGroup
	for _, page := range pages {
		wg.Go(func() {
			count := len(strings.Fields(page))
			mu.Lock()
			defer mu.Unlock()
			words += count
		})
	}
	wg.Wait()
	fmt.Println(words)
}
