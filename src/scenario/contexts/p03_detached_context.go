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

func handler(ctx context.Context) {
	// In the background, with the values of the request, and without its end.
	go publish(context.WithoutCancel(ctx), "order 7")

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
