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

// Groups of so many; the last one is what is left.
func batch(in <-chan int, size int) <-chan []int {
	out := make(chan []int)
	go func() {
		defer close(out)
		var group []int
		for value := range in {
			group = append(group, value)
			if len(group) == size {
				out <- group
				group = nil
			}
		}
		if len(group) > 0 {
			out <- group
		}
	}()
	return out
}

func transform(in <-chan []int, f func([]int) []int) <-chan []int {
	out := make(chan []int)
	go func() {
		defer close(out)
		for group := range in {
			out <- f(group)
		}
	}()
	return out
}

func batchesOf(size int) {
	start := time.Now()
	groups := batch(values(), size)
	results := transform(groups, func(group []int) []int { return add(multiply(group, 2), 1) })
	for group := range results {
		text := strings.ReplaceAll(fmt.Sprint(group), " ", ", ")
		fmt.Printf("%v: %s\n", time.Since(start).Round(time.Second), text)
	}
}

func main() {
	batchesOf(4)
	batchesOf(1)
}
