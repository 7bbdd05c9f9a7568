package main

import (
	"fmt"
	"sync"
)

type User struct {
	mu   sync.Mutex
	name string
}

func (u *User) String() string {
	u.mu.Lock()
	defer u.mu.Unlock()
	return "user " + u.name
}

func (u *User) Rename(name string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.name = name
	// Harmless as it looks, this locks again.
	fmt.Println(u)
}

func main() {
	user := &User{name: "Ada"}
	user.Rename("Bob")
}
