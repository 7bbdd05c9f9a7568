package main

import (
	"context"
	"fmt"
	"time"
)

type requestID struct{}

func publish(ctx context.Context, message string) {
	id, ok := ctx.Value(requestID{}).(string)
	if !ok {
		id = "unknown"
	}
	sent := time.After(10 * time.Millisecond)
	select {
	case <-sent:
		fmt.Println("published", message, "of", id)
	case <-ctx.Done():
		fmt.Println("not published:", ctx.Err())
	}
}

// Go 1.21 has it as context.WithoutCancel.
type detached struct{ parent context.Context }

func (d detached) Deadline() (time.Time, bool) { return time.Time{}, false }
func (d detached) Done() <-chan struct{}       { return nil }
func (d detached) Err() error                  { return nil }
func (d detached) Value(key any) any           { return d.parent.Value(key) }

func handler(ctx context.Context) {
	// In the background, with the values of the request, and without its end.
	go publish(detached{ctx}, "order 7")

	time.Sleep(10 * time.Millisecond)
	fmt.Println("response written")
}

func main() {
	// A request's context ends when its response has been written.
	request := context.WithValue(context.Background(), requestID{}, "r-42")
	request, cancel := context.WithCancel(request)
	handler(request)
	cancel()

	time.Sleep(time.Second)
}
