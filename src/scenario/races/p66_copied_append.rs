use fanin::{WaitGroup, named, output, sync::shared::Slice, yield_now};

pub async fn main() {
    // One number, and room for another.
    let base = named("base", || Slice::make(1, 2));
    let wg = WaitGroup::new();
    for n in 1..=2 {
        let base = base.clone();
        wg.go(async move {
            // The copy has no room to share.
            let mine = base.copied().append([n]);
            yield_now().await;
            output(&format!("{n} has {:?}", mine.to_vec()));
        });
    }
    wg.wait().await;
}
