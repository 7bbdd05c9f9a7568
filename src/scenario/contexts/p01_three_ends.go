package main

import (
	"context"
	"errors"
	"fmt"
	"time"
)

func publish(ctx context.Context) {
	select {
	case <-time.After(10 * time.Millisecond):
		fmt.Println("published")
	case <-ctx.Done():
		fmt.Println("not published:", context.Cause(ctx))
	}
}

// Publishes in the background, under the request's own context, and takes that long for the response.
func handler(ctx context.Context, takes time.Duration) {
	go publish(ctx)
	time.Sleep(takes)
}

func serve(leaves string, takes time.Duration) {
	request, cancel := context.WithCancelCause(context.Background())
	if leaves != "" {
		go func() {
			time.Sleep(5 * time.Millisecond)
			cancel(errors.New(leaves))
		}()
	}
	handler(request, takes)
	cancel(errors.New("the response is written"))
	time.Sleep(time.Second)
}

func main() {
	serve("the client has closed the connection", 20*time.Millisecond)
	serve("the client has reset the stream", 20*time.Millisecond)
	// Nobody leaves, and the response takes as long as the message.
	serve("", 10*time.Millisecond)
}
