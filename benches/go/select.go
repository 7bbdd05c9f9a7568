package main

func select2(c *[2]chan uint64) (int, uint64) {
	select {
	case v := <-c[0]:
		return 0, v
	case v := <-c[1]:
		return 1, v
	}
}

func select8(c *[8]chan uint64) (int, uint64) {
	select {
	case v := <-c[0]:
		return 0, v
	case v := <-c[1]:
		return 1, v
	case v := <-c[2]:
		return 2, v
	case v := <-c[3]:
		return 3, v
	case v := <-c[4]:
		return 4, v
	case v := <-c[5]:
		return 5, v
	case v := <-c[6]:
		return 6, v
	case v := <-c[7]:
		return 7, v
	}
}

func ready2(n uint64) {
	var c [2]chan uint64
	fill(c[:])
	for range n {
		i, v := select2(&c)
		check(v, uint64(i))
		c[i] <- v
	}
}

func ready8(n uint64) {
	var c [8]chan uint64
	fill(c[:])
	for range n {
		i, v := select8(&c)
		check(v, uint64(i))
		c[i] <- v
	}
}

func fill(c []chan uint64) {
	for i := range c {
		c[i] = make(chan uint64, 2)
		c[i] <- uint64(i)
	}
}

func parked2(n uint64) {
	var c [2]chan uint64
	goRound(c[:], n)
	var sum uint64
	for range n {
		_, v := select2(&c)
		sum += v
	}
	check(sum, n*(n-1)/2)
}

func parked8(n uint64) {
	var c [8]chan uint64
	goRound(c[:], n)
	var sum uint64
	for range n {
		_, v := select8(&c)
		sum += v
	}
	check(sum, n*(n-1)/2)
}

func goRound(c []chan uint64, n uint64) {
	for i := range c {
		c[i] = make(chan uint64)
	}
	go func() {
		for i := range n {
			c[i%uint64(len(c))] <- i
		}
	}()
}
