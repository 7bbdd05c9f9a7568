package main

import (
	"context"
	"fmt"
	"time"
)

type user struct{}

func show(ctx context.Context) {
	_, deadline := ctx.Deadline()
	done := false
	select {
	case <-ctx.Done():
		done = true
	default:
	}
	err := "none"
	if ctx.Err() != nil {
		err = ctx.Err().Error()
	}
	name, ok := ctx.Value(user{}).(string)
	if !ok {
		name = "nobody"
	}
	fmt.Printf("deadline: %v, done: %v, err: %s, user: %s\n", deadline, done, err, name)
}

func main() {
	background := context.Background()
	show(background)

	ctx := context.WithValue(background, user{}, "ann")
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	show(ctx)

	time.Sleep(2 * time.Second)
	show(ctx)
}
