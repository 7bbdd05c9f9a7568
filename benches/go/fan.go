package main

import "sync"

const workers = 4

func fan4(n uint64) {
	done := make(chan struct{})
	in, merged := make(chan uint64), make(chan uint64)
	go func() {
		defer close(in)
		for i := range n {
			if !sendOrDone(in, i, done) {
				return
			}
		}
	}()
	for range workers {
		go func() {
			for v := range in {
				if !sendOrDone(merged, v+1, done) {
					return
				}
			}
		}()
	}
	sum := make(chan uint64)
	go func() {
		var total uint64
		for range n {
			total += <-merged
		}
		sum <- total
	}()
	check(<-sum, n*(n+1)/2)
}

func mpmc(n uint64) {
	each := n / workers
	ch := make(chan uint64, 128)
	var senders, receivers sync.WaitGroup
	var sums [workers]uint64
	for worker := range workers {
		senders.Go(func() {
			for i := range each {
				ch <- i
			}
		})
		receivers.Go(func() {
			var sum uint64
			for v := range ch {
				sum += v
			}
			sums[worker] = sum
		})
	}
	senders.Wait()
	close(ch)
	receivers.Wait()
	var sum uint64
	for _, s := range sums {
		sum += s
	}
	check(sum, workers*(each*(each-1)/2))
}
