package main

import (
	"fmt"
	"runtime"
	"sync"
)

type SafeCounter struct {
	mu    sync.Mutex
	count int
}

func (c *SafeCounter) Increment() {
	c.mu.Lock()
	defer c.mu.Unlock()
	before := c.count
	runtime.Gosched()
	c.count = before + 1
}

func (c *SafeCounter) Value() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.count
}

func main() {
	var counter SafeCounter
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(counter.Increment)
	}
	wg.Wait()
	fmt.Println(counter.Value())
}
