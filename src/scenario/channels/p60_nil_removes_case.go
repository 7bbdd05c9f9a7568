package main

import "fmt"

func generator(values ...int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for _, v := range values {
			out <- v
		}
	}()
	return out
}

func merge(first, second <-chan int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for first != nil || second != nil {
			select {
			case v, ok := <-first:
				if !ok {
					first = nil
					continue
				}
				out <- v
			case v, ok := <-second:
				if !ok {
					second = nil
					continue
				}
				out <- v
			}
		}
	}()
	return out
}

func main() {
	for v := range merge(generator(1, 2), generator(10, 20, 30)) {
		fmt.Println(v)
	}
}
