package main

import (
	"fmt"
	"sync"
)

func main() {
	var wg sync.WaitGroup
	for i := 1; i <= 3; i++ {
		wg.Go(func() {
			fmt.Println(i)
		})
	}
	wg.Wait()
	fmt.Println("all three have run")
}
