use fanin::{WaitGroup, named, output, sync::shared::Slice, yield_now};

pub async fn main() {
    // One number, and room for another.
    let base = named("base", || Slice::make(1, 2));
    let wg = WaitGroup::new();
    for n in 1..=2 {
        let base = base.clone();
        wg.go(async move {
            // Each has a header of its own. The room behind it is one and the same.
            let mine = base.append([n]);
            yield_now().await;
            output(&format!("{n} has {:?}", mine.to_vec()));
        });
    }
    wg.wait().await;
}
