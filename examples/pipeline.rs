//! A pipeline of stages, cancelled once enough has been seen.

use fanin::{
    Context,
    patterns::{filter, generator, map},
};

fn main() {
    let squares = fanin::sim::run(async {
        let (ctx, cancel) = Context::background().with_cancel();
        let _cancel = cancel.on_drop();

        let odd = filter(&ctx, generator(&ctx, 1..), |n: &u32| n % 2 == 1);
        let squares = map(&ctx, odd, |n| n * n);

        let mut seen = Vec::new();
        while let Some(n) = squares.recv().await {
            if n > 100 {
                break;
            }
            seen.push(n);
        }
        seen
    });
    println!("{squares:?}");
}
