package main

import "fmt"

func main() {
	results := make(chan int, 2)
	for part := 1; part <= 2; part++ {
		go func() {
			results <- part
			// The last one closes. But the second one to start need not be the last to send.
			if part == 2 {
				close(results)
			}
		}()
	}
	for part := range results {
		fmt.Println(part)
	}
}
