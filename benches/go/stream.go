package main

import "sync"

func pingpong(n uint64) {
	ping, pong := make(chan uint64), make(chan uint64)
	var wg sync.WaitGroup
	var last uint64
	wg.Go(func() {
		for range n / 2 {
			pong <- <-ping + 1
		}
	})
	wg.Go(func() {
		for range n / 2 {
			ping <- last
			last = <-pong
		}
	})
	wg.Wait()
	check(last, n/2)
}

func stream(capacity int, n uint64) {
	ch := make(chan uint64, capacity)
	var wg sync.WaitGroup
	var sum uint64
	wg.Go(func() {
		for i := range n {
			ch <- i
		}
		close(ch)
	})
	wg.Go(func() {
		for v := range ch {
			sum += v
		}
	})
	wg.Wait()
	check(sum, n*(n-1)/2)
}

func spawn(n uint64) {
	var wg sync.WaitGroup
	for range n {
		wg.Go(func() {})
	}
	wg.Wait()
}
