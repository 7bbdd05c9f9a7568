use fanin::{
    Context, output,
    patterns::{repeat, take},
};

pub async fn main() {
    let (ctx, cancel) = Context::background().with_cancel();
    let _cancel = cancel.on_drop();

    let numbers = take(&ctx, repeat(&ctx, [1, 2, 3]), 5);
    while let Some(number) = numbers.recv().await {
        output(&number);
    }
}
