module fanin/benches

go 1.27
