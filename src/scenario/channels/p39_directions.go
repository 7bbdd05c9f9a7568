package main

import "fmt"

// Can only send: <-names does not compile.
func produce(names chan<- string) {
	for _, name := range []string{"ada", "bob"} {
		names <- name
	}
	close(names)
}

// Can only receive: neither names <- "x" nor close(names) compiles.
func consume(names <-chan string) {
	for name := range names {
		fmt.Printf("hello %s\n", name)
	}
}

func main() {
	// Both directions; each function is given one of them.
	names := make(chan string)
	go produce(names)
	consume(names)
}
