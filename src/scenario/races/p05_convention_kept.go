package main

import "fmt"

// By convention only this one touches the data.
func loopData(data []int, numbers chan<- int) {
	defer close(numbers)
	for i := range data {
		numbers <- data[i]
	}
}

func main() {
	data := []int{1, 2, 3, 4}
	numbers := make(chan int)
	go loopData(data, numbers)
	for number := range numbers {
		fmt.Println(number)
	}
}
