package main

import (
	"fmt"
	"sync"
	"time"
)

var (
	mu    sync.RWMutex
	price = 7
	start = time.Now()
)

func seconds() int {
	return int(time.Since(start).Round(time.Second).Seconds())
}

func read(after time.Duration) {
	time.Sleep(after)
	mu.RLock()
	defer mu.RUnlock()
	fmt.Printf("%ds: reads %d\n", seconds(), price)
	time.Sleep(4 * time.Second)
}

func write(after time.Duration) {
	time.Sleep(after)
	mu.Lock()
	defer mu.Unlock()
	fmt.Printf("%ds: writes\n", seconds())
	time.Sleep(time.Second)
	price++
}

func main() {
	var wg sync.WaitGroup
	run := func(f func(time.Duration), after time.Duration) {
		wg.Go(func() {
			f(after)
		})
	}
	run(read, 0)
	run(read, time.Second)
	run(write, 2*time.Second)
	// After the writer has come: it waits behind it, though only readers have the lock.
	run(read, 3*time.Second)
	wg.Wait()
}
