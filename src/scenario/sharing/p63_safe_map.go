package main

import (
	"fmt"
	"sync"
)

type safeMap struct {
	mu   sync.Mutex // a field with a name: not embedded, never copied
	data map[string]string
}

func newSafeMap() *safeMap {
	return &safeMap{data: make(map[string]string)}
}

func (m *safeMap) get(key string) (string, bool) {
	// Unlocked at the end of the function, on whichever way out.
	m.mu.Lock()
	defer m.mu.Unlock()
	value, ok := m.data[key]
	return value, ok
}

func (m *safeMap) set(key, value string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.data[key] = value
}

func main() {
	capitals := newSafeMap()
	var wg sync.WaitGroup
	for country, capital := range map[string]string{"France": "Paris", "Peru": "Lima", "Kenya": "Nairobi"} {
		wg.Go(func() {
			capitals.set(country, capital)
		})
	}
	wg.Wait()
	for _, country := range []string{"Peru", "Atlantis"} {
		capital, ok := capitals.get(country)
		if !ok {
			capital = "unknown"
		}
		fmt.Println(capital)
	}
}
