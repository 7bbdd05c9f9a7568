package main

import (
	"errors"
	"fmt"
)

func load(fails bool) (string, error) {
	if fails {
		return "", errors.New("no such file")
	}
	return "configuration", nil
}

func main() {
	loaded := make(chan string)
	defer close(loaded)
	go func() {
		if config, ok := <-loaded; ok {
			fmt.Println(config)
		}
	}()

	config, err := load(true)
	if err != nil {
		fmt.Println(err)
		return
	}
	loaded <- config
}
