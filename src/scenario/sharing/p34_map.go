package main

import (
	"fmt"
	"sort"
	"sync"
)

// Not in the sync package of every version.
func compareAndSwap(m *sync.Map, mu *sync.Mutex, key string, seen, next int) bool {
	mu.Lock()
	defer mu.Unlock()
	if now, _ := m.Load(key); now != seen {
		return false
	}
	m.Store(key, next)
	return true
}

func main() {
	var visits sync.Map
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, visitor := range []string{"ada", "bob", "ada"} {
		visitor := visitor
		wg.Add(1)
		go func() {
			defer wg.Done()
			for {
				// Another visitor may come in between: then the swap fails, and this one looks again.
				seen, loaded := visits.LoadOrStore(visitor, 1)
				if !loaded || compareAndSwap(&visits, &mu, visitor, seen.(int), seen.(int)+1) {
					return
				}
			}
		}()
	}
	wg.Wait()

	var lines []string
	visits.Range(func(visitor, seen any) bool {
		lines = append(lines, fmt.Sprintf("%v: %v", visitor, seen))
		return true
	})
	sort.Strings(lines)
	for _, line := range lines {
		fmt.Println(line)
	}
	_, found := visits.LoadAndDelete("ada")
	fmt.Println(found)
	_, found = visits.Load("ada")
	fmt.Println(found)
}
