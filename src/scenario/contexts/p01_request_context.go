package main

import (
	"context"
	"fmt"
	"time"
)

// A request whose context ends when its response has been written.
func handler(ctx context.Context) {
	go func() {
		if err := publish(ctx, "order 7"); err != nil {
			fmt.Println("not published:", err)
		}
	}()
	time.Sleep(10 * time.Millisecond)
	fmt.Println("response written")
}

func publish(ctx context.Context, message string) error {
	sent := time.After(10 * time.Millisecond)
	select {
	case <-sent:
		fmt.Println("published", message)
	case <-ctx.Done():
		return ctx.Err()
	}
	return nil
}

func main() {
	request, cancel := context.WithCancel(context.Background())
	handler(request)
	cancel()
	time.Sleep(time.Second)
}
