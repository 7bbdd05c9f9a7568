package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand"
	"os"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"differential/errgroup"
	"differential/semaphore"
	"differential/singleflight"
)

// world is what the tasks of a program share.
type world struct {
	wg     sync.WaitGroup
	mu     [2]sync.Mutex
	rw     sync.RWMutex
	cond   *sync.Cond
	once   sync.Once
	count  atomic.Int64
	ctx    context.Context
	cancel context.CancelFunc
	tasks  []*task
	left   atomic.Int32

	semaphore *semaphore.Weighted
	calls     singleflight.Group
}

// task is a goroutine and what it saw.
type task struct {
	run   func(*task)
	lines []string
	end   string
}

func (t *task) log(line string) { t.lines = append(t.lines, line) }

func (t *task) got(v uint32, ok bool) {
	if ok {
		t.log(fmt.Sprint("got ", v))
	} else {
		t.log("drained")
	}
}

func (t *task) took(i int, v uint32, ok bool) {
	t.log(fmt.Sprint("case ", i))
	t.got(v, ok)
}

func (t *task) yieldIf(yes bool) {
	if yes {
		t.log("yield")
		runtime.Gosched()
	}
}

// share is a call that others with the same key join. Its end shows here as a closed channel.
func (t *task) share(w *world) {
	_, _, shared := w.calls.Do("", func() (any, error) {
		runtime.Gosched()
		return nil, nil
	})
	t.log("drained")
	t.yieldIf(shared)
}

// group is two tasks: one fails, and the other gives up a receive then.
func (t *task) group(w *world, ch chan uint32) {
	g, ctx := errgroup.WithContext(w.ctx)
	g.Go(func() error { return errors.New("given up") })
	g.Go(func() error {
		select {
		case <-ch:
		case <-ctx.Done():
		}
		return nil
	})
	t.yieldIf(g.Wait() != nil)
}

// pause makes the schedules of many runs differ.
func (t *task) pause() {
	for rand.Intn(3) == 0 {
		runtime.Gosched()
	}
}

func receive(ch chan uint32) (uint32, bool) {
	v, ok := <-ch
	return v, ok
}

func (w *world) task(run func(*task)) {
	w.tasks = append(w.tasks, &task{run: run, end: "waits"})
}

var blocked = regexp.MustCompile(`^goroutine \d+ \[(chan (send|receive)|select|semacquire|sync\.)`)

// quiet is true if no other goroutine can move: the world stands still while the dump is made.
func quiet() bool {
	buffer := make([]byte, 1<<20)
	dump := string(buffer[:runtime.Stack(buffer, true)])
	for _, one := range strings.Split(dump, "\n\n")[1:] {
		if !blocked.MatchString(one) {
			return false
		}
	}
	return true
}

func once(program func(*world)) string {
	w := &world{}
	w.cond = sync.NewCond(&w.mu[0])
	w.semaphore = semaphore.NewWeighted(2)
	w.ctx, w.cancel = context.WithCancel(context.Background())
	w.wg.Add(1)
	program(w)
	w.left.Store(int32(len(w.tasks)))
	for _, t := range w.tasks {
		go func(t *task) {
			defer func() {
				t.end = "Returned"
				if r := recover(); r != nil {
					t.log(fmt.Sprint("panic: ", r))
					t.end = "Faulted"
				}
				w.left.Add(-1)
			}()
			t.run(t)
		}(t)
	}
	for i := 0; w.left.Load() > 0; i++ {
		runtime.Gosched()
		if i%50 == 49 && quiet() {
			break
		}
	}
	all := []string{}
	for _, t := range w.tasks {
		all = append(all, strings.Join(append(t.lines, t.end), ", "))
	}
	return strings.Join(all, "; ")
}

// The arguments are the number of the program and how many times to run it.
func main() {
	n, _ := strconv.Atoi(os.Args[1])
	runs, _ := strconv.Atoi(os.Args[2])
	seen := map[string]bool{}
	for i := 0; i < runs; i++ {
		runtime.GOMAXPROCS(1 + i%2)
		rand.Seed(int64(i))
		seen[once(programs[n])] = true
	}
	for outcome := range seen {
		fmt.Println(outcome)
	}
}
