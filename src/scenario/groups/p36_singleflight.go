package main

import (
	"fmt"
	"sync"
	"time"
)

// The core of golang.org/x/sync/singleflight.
type group struct {
	mu    sync.Mutex
	calls map[string]*call
}

type call struct {
	done  chan struct{}
	value string
	dups  int
}

func (g *group) do(key string, fn func() string) (value string, shared bool) {
	c := g.begin(key, fn)
	<-c.done
	return c.value, c.dups > 0
}

func (g *group) begin(key string, fn func() string) *call {
	g.mu.Lock()
	defer g.mu.Unlock()
	if c, ok := g.calls[key]; ok {
		c.dups++
		return c
	}
	c := &call{done: make(chan struct{})}
	if g.calls == nil {
		g.calls = make(map[string]*call)
	}
	g.calls[key] = c
	go func() {
		value := fn()
		g.mu.Lock()
		defer g.mu.Unlock()
		c.value = value
		if g.calls[key] == c {
			delete(g.calls, key)
		}
		close(c.done)
	}()
	return c
}

func (g *group) forget(key string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.calls, key)
}

func render() string {
	fmt.Println("rendering")
	time.Sleep(time.Second)
	return "page"
}

func main() {
	var pages group
	var wg sync.WaitGroup
	for range 10 {
		wg.Go(func() {
			pages.do("index", render)
		})
	}
	wg.Wait()
	fmt.Println("ten answers")

	// What is forgotten while it runs is begun anew by the next one who asks.
	first := pages.begin("index", render)
	pages.forget("index")
	_, shared := pages.do("index", render)
	<-first.done
	fmt.Printf("shared: %v, %v\n", first.dups > 0, shared)
}
