use fanin::{
    Context, Receiver, output,
    patterns::{bridge, generator, map},
};

// A channel of channels: page after page, each with two lines.
fn pages(ctx: &Context) -> Receiver<Receiver<i32>> {
    let within = ctx.clone();
    map(ctx, generator(ctx, 1..=3), move |page| generator(&within, [10 * page + 1, 10 * page + 2]))
}

pub async fn main() {
    let (ctx, cancel) = Context::background().with_cancel();
    let _cancel = cancel.on_drop();

    let lines = bridge(&ctx, pages(&ctx));
    while let Some(line) = lines.recv().await {
        output(&line);
    }
}
