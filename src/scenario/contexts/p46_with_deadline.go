package main

import (
	"context"
	"fmt"
	"time"
)

func main() {
	start := time.Now()
	request, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	// Asks for more time than the request has: the earlier deadline holds.
	query, cancel := context.WithTimeout(request, time.Minute)
	defer cancel()

	<-query.Done()
	fmt.Println(query.Err())
	fmt.Println("after", time.Since(start).Round(time.Second))
}
