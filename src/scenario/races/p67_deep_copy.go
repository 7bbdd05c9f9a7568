package main

import (
	"fmt"
	"maps"
	"sync"
)

type Scores struct {
	mu     sync.Mutex
	byName map[string]int
}

func (s *Scores) Set(name string, score int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.byName[name] = score
}

func (s *Scores) All() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	// Whoever gets it shares nothing.
	return maps.Clone(s.byName)
}

func main() {
	scores := Scores{byName: map[string]int{"Ada": 1}}
	done := make(chan struct{})
	go func() {
		defer close(done)
		scores.Set("Ada", 2)
	}()
	all := scores.All()
	fmt.Println(all["Ada"])
	<-done
}
