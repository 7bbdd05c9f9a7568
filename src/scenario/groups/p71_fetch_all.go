package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"
)

func fetch(ctx context.Context, id string) (string, error) {
	takes := time.Second
	switch id {
	case "slow":
		takes = 3 * time.Second
	case "lost":
		return "", errors.New("no such id")
	}
	select {
	case <-time.After(takes):
		return "data of " + id, nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// With golang.org/x/sync/errgroup the once, the cancel and the wait group are one thing.
func fetchAll(ctx context.Context, ids []string) ([]string, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var wg sync.WaitGroup
	var once sync.Once
	var first error
	results := make([]string, len(ids))
	for i, id := range ids {
		wg.Go(func() {
			data, err := fetch(ctx, id)
			if err != nil {
				once.Do(func() {
					first = err
					cancel()
				})
				return
			}
			// Each has a place of its own, whenever it is done.
			results[i] = data
		})
	}
	wg.Wait()
	return results, first
}

func main() {
	for _, ids := range [][]string{{"slow", "a", "b"}, {"slow", "lost", "b"}} {
		start := time.Now()
		data, err := fetchAll(context.Background(), ids)
		elapsed := time.Since(start).Round(time.Second)
		if err != nil {
			fmt.Printf("%v after %v\n", err, elapsed)
			continue
		}
		fmt.Printf("%s after %v\n", strings.Join(data, ", "), elapsed)
	}
}
