package main

import (
	"fmt"
	"strings"
)

// The sum is main's alone; what the others know they send.
func main() {
	pages := []string{"to be or not", "to be", "or to sleep"}
	counts := make(chan int)
	for _, page := range pages {
		go func() { counts <- len(strings.Fields(page)) }()
	}
	words := 0
	for range pages {
		words += <-counts
	}
	fmt.Println(words)
}
