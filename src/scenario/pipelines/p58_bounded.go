package main

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"slices"
	"sync"
)

const workers = 3

type file struct {
	path string
	data []byte
	err  error
}

var tree = []file{
	{path: "docs/a.txt", data: []byte("hello")},
	{path: "docs/b.txt", data: []byte("world")},
	{path: "docs/old", err: errors.New("permission denied")},
	{path: "src/c.txt", data: []byte("")},
	{path: "src/d.txt", data: []byte("fanin")},
}

// The paths, and on a channel of its own how the walk ended.
func walkFiles(ctx context.Context) (<-chan file, <-chan error) {
	files, errc := make(chan file), make(chan error, 1)
	go func() {
		defer close(files)
		for _, f := range tree {
			select {
			case files <- f:
			case <-ctx.Done():
				errc <- errors.New("walk canceled")
				return
			}
		}
		errc <- nil
	}()
	return files, errc
}

func digest(f file) string {
	if f.err != nil {
		return fmt.Sprintf("%v: %s", f.err, f.path)
	}
	hash := fnv.New64a()
	hash.Write(f.data)
	return fmt.Sprintf("%016x %s", hash.Sum64(), f.path)
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()

	files, errc := walkFiles(ctx)
	digests := make(chan string)
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for f := range files {
				select {
				case digests <- digest(f):
				case <-ctx.Done():
					return
				}
			}
		})
	}
	go func() {
		wg.Wait()
		close(digests)
	}()

	var sums []string
	for sum := range digests {
		sums = append(sums, sum)
	}
	if err := <-errc; err != nil {
		fmt.Println(err)
	}
	slices.Sort(sums)
	for _, sum := range sums {
		fmt.Println(sum)
	}
}
