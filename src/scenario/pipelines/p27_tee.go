package main

import (
	"context"
	"fmt"
	"time"
)

func generator(ctx context.Context, from, to int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for i := from; i <= to; i++ {
			select {
			case out <- i:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

func tee(ctx context.Context, in <-chan int) (_, _ <-chan int) {
	out1, out2 := make(chan int), make(chan int)
	go func() {
		defer close(out1)
		defer close(out2)
		for v := range in {
			out1, out2 := out1, out2
			for range 2 {
				select {
				case out1 <- v:
					out1 = nil
				case out2 <- v:
					out2 = nil
				case <-ctx.Done():
					return
				}
			}
		}
	}()
	return out1, out2
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	start := time.Now()

	fast, slow := tee(ctx, generator(ctx, 1, 4))
	done := make(chan struct{})
	go func() {
		defer close(done)
		for range slow {
			time.Sleep(time.Second)
		}
	}()
	for value := range fast {
		fmt.Printf("%d after %.0fs\n", value, time.Since(start).Seconds())
	}
	<-done
}
