package main

import (
	"fmt"
	"time"
)

func save() {
	time.Sleep(time.Second)
	fmt.Println("saved")
}

func main() {
	// Nobody can tell when it is done, or whether.
	go save()
	fmt.Println("exit")
}
