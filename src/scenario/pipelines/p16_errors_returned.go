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

type result struct {
	response string
	err      error
}

func checkStatus(ctx context.Context, urls ...string) <-chan result {
	results := make(chan result)
	go func() {
		defer close(results)
		for _, url := range urls {
			response, err := get(url)
			select {
			case results <- result{response, err}:
			case <-ctx.Done():
				return
			}
		}
	}()
	return results
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()

	errors := 0
	for result := range checkStatus(ctx, "bad.a", "good.b", "bad.c", "bad.d", "good.e") {
		if result.err == nil {
			fmt.Println(result.response)
			continue
		}
		fmt.Println(result.err)
		errors++
		if errors == 2 {
			fmt.Println("too many errors")
			break
		}
	}
}
