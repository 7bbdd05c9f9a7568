package main

import (
	"fmt"
	"sync"
	"time"
)

func process(item int) {
	time.Sleep(time.Duration(item) * time.Second)
	fmt.Println(item)
}

func main() {
	start := time.Now()
	var wg sync.WaitGroup
	for _, item := range []int{3, 1, 2} {
		wg.Go(func() {
			process(item)
		})
	}
	wg.Wait()
	fmt.Println("all after", time.Since(start).Round(time.Second))
}
