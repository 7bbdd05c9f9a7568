package main

import (
	"errors"
	"fmt"
	"sync"
	"time"
)

var config sync.Mutex

func save(value int) error {
	config.Lock()
	// On whichever way out.
	defer config.Unlock()
	if value > 100 {
		return errors.New("value too large")
	}
	return nil
}

func main() {
	fmt.Println(save(500))

	go func() {
		config.Lock()
		defer config.Unlock()
		fmt.Println("read")
	}()
	time.Sleep(time.Second)
}
