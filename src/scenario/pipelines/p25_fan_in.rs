use fanin::{
    Context, output,
    patterns::{fan_in, generator},
};

pub async fn main() {
    let (ctx, cancel) = Context::background().with_cancel();
    let _cancel = cancel.on_drop();

    let sources = [1, 2, 3].map(|source| generator(&ctx, [10 * source + 1, 10 * source + 2]));
    let merged = fan_in(&ctx, sources);
    while let Some(value) = merged.recv().await {
        output(&value);
    }
}
