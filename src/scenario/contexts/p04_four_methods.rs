use std::time::Duration;

use fanin::{Context, output, select, time};

#[derive(PartialEq)]
struct User;

async fn show(ctx: &Context) {
    let deadline = ctx.deadline().is_some();
    let done = select! {
        _ = ctx.done().recv() => true,
        default => false,
    };
    let err = ctx.err().map_or("none".into(), |err| err.to_string());
    let user = ctx.value::<_, &str>(&User).copied().unwrap_or("nobody");
    output(&format!("deadline: {deadline}, done: {done}, err: {err}, user: {user}"));
}

pub async fn main() {
    let background = Context::background();
    show(&background).await;

    let (ctx, cancel) = background.with_value(User, "ann").with_timeout(Duration::from_secs(1));
    let _cancel = cancel.on_drop();
    show(&ctx).await;

    time::sleep(Duration::from_secs(2)).await;
    show(&ctx).await;
}
