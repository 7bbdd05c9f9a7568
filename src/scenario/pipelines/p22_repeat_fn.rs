use fanin::{
    Context, output,
    patterns::{repeat_with, take},
    rt,
};

pub async fn main() {
    let (ctx, cancel) = Context::background().with_cancel();
    let _cancel = cancel.on_drop();

    let rolls = take(&ctx, repeat_with(&ctx, || rt::choose(6) + 1), 4);
    while let Some(roll) = rolls.recv().await {
        output(&roll);
    }
}
