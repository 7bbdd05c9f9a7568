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
	if value > 100 {
		// The lock is forgotten on this way out.
		return errors.New("value too large")
	}
	config.Unlock()
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
