package main

func main() {
	c := make(chan int)
	// A channel is for its sender to close: this one does not know whether all has been sent.
	go func() { close(c) }()
	go func() { c <- 1 }()
	<-c
}
