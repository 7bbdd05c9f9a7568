package main

import (
	"context"
	"fmt"
	"sync"
	"time"
)

func isPrime(n int) bool {
	for divisor := 2; divisor < n; divisor++ {
		if n%divisor == 0 {
			return false
		}
	}
	return n > 1
}

func generator(ctx context.Context, values ...int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for _, v := range values {
			select {
			case out <- v:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

// Slow: a millisecond for each divisor to try.
func primeFinder(ctx context.Context, candidates <-chan int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for n := range candidates {
			time.Sleep(time.Duration(n) * time.Millisecond)
			if !isPrime(n) {
				continue
			}
			select {
			case out <- n:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

func fanIn(ctx context.Context, ins ...<-chan int) <-chan int {
	out := make(chan int)
	var wg sync.WaitGroup
	for _, in := range ins {
		wg.Go(func() {
			for v := range in {
				select {
				case out <- v:
				case <-ctx.Done():
					return
				}
			}
		})
	}
	go func() {
		wg.Wait()
		close(out)
	}()
	return out
}

func find(workers int) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	start := time.Now()

	candidates := generator(ctx, 19, 20, 17, 18, 15, 16)
	finders := make([]<-chan int, workers)
	for i := range finders {
		finders[i] = primeFinder(ctx, candidates)
	}
	for prime := range fanIn(ctx, finders...) {
		fmt.Println(prime)
	}
	fmt.Printf("with %d: %v\n", workers, time.Since(start).Round(time.Millisecond))
}

func main() {
	find(1)
	find(3)
}
