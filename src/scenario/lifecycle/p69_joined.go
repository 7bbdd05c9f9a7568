package main

import (
	"fmt"
	"sync"
	"time"
)

// Synchronous: whoever wants it to run beside something else can have that.
func save() {
	time.Sleep(time.Second)
	fmt.Println("saved")
}

func main() {
	var wg sync.WaitGroup
	wg.Go(save)
	wg.Wait()
	fmt.Println("exit")
}
