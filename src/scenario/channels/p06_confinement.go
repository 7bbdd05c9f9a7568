package main

import "fmt"

// Only the goroutine in here can write to the channel, or close it.
func chanOwner() <-chan int {
	results := make(chan int, 5)
	go func() {
		defer close(results)
		for i := 0; i <= 5; i++ {
			results <- i
		}
	}()
	return results
}

// And this can only receive.
func consumer(results <-chan int) {
	for result := range results {
		fmt.Println(result)
	}
	fmt.Println("done receiving")
}

func main() {
	consumer(chanOwner())
}
