package main

func sendOrDone[T any](ch chan<- T, value T, done <-chan struct{}) bool {
	select {
	case ch <- value:
		return true
	case <-done:
		return false
	}
}

// The maps add one or double, in turn.
func apply(stage int, v uint64) uint64 {
	if stage%2 == 1 {
		return v * 2
	}
	return v + 1
}

func expected(channels int, n uint64) (sum uint64) {
	for v := range n {
		for stage := range channels - 1 {
			v = apply(stage, v)
		}
		sum += v
	}
	return sum
}

func pipe(channels int, n uint64) {
	pipeOf(channels, n,
		func(v uint64) uint64 { return v },
		func(v uint64) uint64 { return v })
}

// The values are boxed and their type erased.
func erased(channels int, n uint64) {
	pipeOf(channels, n,
		func(v uint64) any { return v },
		func(v any) uint64 { return v.(uint64) })
}

func pipeOf[T any](channels int, n uint64, wrap func(uint64) T, unwrap func(T) uint64) {
	done := make(chan struct{})
	first := make(chan T)
	go func() {
		defer close(first)
		for i := range n {
			if !sendOrDone(first, wrap(i), done) {
				return
			}
		}
	}()
	ch := first
	for stage := range channels - 1 {
		in, out := ch, make(chan T)
		ch = out
		go func() {
			defer close(out)
			for v := range in {
				if !sendOrDone(out, wrap(apply(stage, unwrap(v))), done) {
					return
				}
			}
		}()
	}
	sum := make(chan uint64)
	go func() {
		var total uint64
		for v := range ch {
			total += unwrap(v)
		}
		sum <- total
	}()
	check(<-sum, expected(channels, n))
}
