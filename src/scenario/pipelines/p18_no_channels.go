package main

import "fmt"

func multiply(value, multiplier int) int {
	return value * multiplier
}

func add(value, additive int) int {
	return value + additive
}

func main() {
	for _, value := range []int{1, 2, 3, 4} {
		fmt.Println(multiply(add(multiply(value, 2), 1), 2))
	}
}
