package main

import (
	"fmt"
	"sync"
	"time"
)

type account struct {
	mu      sync.Mutex // starts unlocked
	balance int
}

func (a *account) deposit(amount int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	// Between looking and writing nobody else gets in.
	before := a.balance
	time.Sleep(time.Second)
	a.balance = before + amount
}

func main() {
	start := time.Now()
	var a account
	var wg sync.WaitGroup
	for _, amount := range []int{10, 20, 30} {
		wg.Go(func() {
			a.deposit(amount)
		})
	}
	wg.Wait()
	fmt.Printf("%d after %v\n", a.balance, time.Since(start).Round(time.Second))
}
