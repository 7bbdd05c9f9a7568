use fanin::{WaitGroup, named, output, sync::shared::Var, yield_now};

pub async fn main() {
    let counter = named("counter", || Var::new(0));
    let wg = WaitGroup::new();
    for _ in 0..2 {
        let counter = counter.clone();
        wg.go(async move {
            let before = counter.get();
            // Here the other one may do the same.
            yield_now().await;
            counter.set(before + 1);
        });
    }
    wg.wait().await;
    output(&counter.get());
}
