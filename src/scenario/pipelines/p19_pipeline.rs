use fanin::{
    Context, Receiver, output,
    patterns::{generator, map},
};

fn multiply(ctx: &Context, ints: Receiver<i32>, multiplier: i32) -> Receiver<i32> {
    map(ctx, ints, move |i| i * multiplier)
}

fn add(ctx: &Context, ints: Receiver<i32>, additive: i32) -> Receiver<i32> {
    map(ctx, ints, move |i| i + additive)
}

pub async fn main() {
    let (ctx, cancel) = Context::background().with_cancel();
    let _cancel = cancel.on_drop();

    let ints = generator(&ctx, 1..=8);
    let results = multiply(&ctx, add(&ctx, ints, 1), 2);
    while let Some(result) = results.recv().await {
        output(&result);
        if result >= 10 {
            break;
        }
    }
}
