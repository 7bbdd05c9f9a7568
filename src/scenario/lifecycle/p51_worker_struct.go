package main

import (
	"context"
	"fmt"
	"runtime"
)

type worker struct {
	done chan struct{}
}

func newWorker(ctx context.Context) *worker {
	w := &worker{done: make(chan struct{})}
	go w.run(ctx)
	return w
}

func (w *worker) run(ctx context.Context) {
	defer close(w.done)
	for {
		select {
		case <-ctx.Done():
			fmt.Println("worker exited")
			return
		default:
			// Work.
			runtime.Gosched()
		}
	}
}

func (w *worker) wait() {
	<-w.done
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	w := newWorker(ctx)

	cancel()
	w.wait()
	fmt.Println("joined")
}
