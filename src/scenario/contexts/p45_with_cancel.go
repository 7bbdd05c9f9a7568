package main

import (
	"context"
	"fmt"
	"sync"
)

func main() {
	root, cancelRoot := context.WithCancel(context.Background())
	left, cancelLeft := context.WithCancel(root)
	right, cancelRight := context.WithCancel(root)
	leaf, cancelLeaf := context.WithCancel(left)
	defer cancelRight()
	defer cancelLeaf()

	var wg sync.WaitGroup
	watch := func(name string, ctx context.Context) {
		wg.Go(func() {
			<-ctx.Done()
			fmt.Println(name)
		})
	}
	watch("root", root)
	watch("left", left)
	watch("right", right)
	watch("leaf", leaf)

	// Down the tree, not up: first left and its leaf, then the rest.
	cancelLeft()
	<-leaf.Done()
	fmt.Println("right canceled:", right.Err() != nil)
	cancelRoot()
	wg.Wait()
}
