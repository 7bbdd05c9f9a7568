package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// The core of golang.org/x/sync/errgroup.
type group struct {
	cancel context.CancelCauseFunc
	slots  chan struct{}
	wg     sync.WaitGroup
	once   sync.Once
	err    error
}

func withContext(ctx context.Context, limit int) (*group, context.Context) {
	ctx, cancel := context.WithCancelCause(ctx)
	return &group{cancel: cancel, slots: make(chan struct{}, limit)}, ctx
}

func (g *group) start(f func() error) {
	g.slots <- struct{}{}
	g.wg.Go(func() {
		defer func() { <-g.slots }()
		if err := f(); err != nil {
			g.once.Do(func() {
				g.err = err
				g.cancel(err)
			})
		}
	})
}

func (g *group) wait() error {
	g.wg.Wait()
	g.cancel(g.err)
	return g.err
}

func copyPart(ctx context.Context, part int) error {
	if part == 3 {
		return errors.New("disk full at part 3")
	}
	select {
	case <-time.After(time.Duration(part) * time.Second):
		fmt.Printf("copied part %d\n", part)
	case <-ctx.Done():
		fmt.Printf("part %d: %v\n", part, context.Cause(ctx))
	}
	return nil
}

func main() {
	// Two at a time: the third one starts when the first is done.
	g, ctx := withContext(context.Background(), 2)
	for part := 1; part <= 3; part++ {
		g.start(func() error { return copyPart(ctx, part) })
	}
	fmt.Println(g.wait())
}
