package main

import (
	"context"
	"fmt"
	"strings"
)

func get(url string) (string, error) {
	if strings.HasPrefix(url, "bad") {
		return "", fmt.Errorf("no such host: %s", url)
	}
	return "200 OK", nil
}

func checkStatus(ctx context.Context, urls ...string) <-chan string {
	responses := make(chan string)
	go func() {
		defer close(responses)
		for _, url := range urls {
			response, err := get(url)
			if err != nil {
				// All it can do with an error is to print it, and hope that someone looks.
				fmt.Println(err)
				continue
			}
			select {
			case responses <- response:
			case <-ctx.Done():
				return
			}
		}
	}()
	return responses
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()

	for response := range checkStatus(ctx, "bad.a", "good.b", "bad.c", "bad.d", "good.e") {
		fmt.Println(response)
	}
}
