package main

import (
	"fmt"
	"strings"
	"time"
)

func multiply(values []int, multiplier int) []int {
	multiplied := make([]int, len(values))
	for i, value := range values {
		multiplied[i] = value * multiplier
	}
	return multiplied
}

func add(values []int, additive int) []int {
	added := make([]int, len(values))
	for i, value := range values {
		added[i] = value + additive
	}
	return added
}

// A value a second.
func values() <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for i := 1; i <= 4; i++ {
			time.Sleep(time.Second)
			out <- i
		}
	}()
	return out
}

func batchesOf(size int) {
	start := time.Now()
	var group []int
	for value := range values() {
		group = append(group, value)
		if len(group) < size {
			continue
		}
		results := strings.ReplaceAll(fmt.Sprint(add(multiply(group, 2), 1)), " ", ", ")
		fmt.Printf("%v: %s\n", time.Since(start).Round(time.Second), results)
		group = nil
	}
}

func main() {
	batchesOf(4)
	batchesOf(1)
}
