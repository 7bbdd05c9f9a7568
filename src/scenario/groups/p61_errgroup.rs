use std::time::Duration;

use fanin::{Context, group::Group, output, select, time};

async fn copy(ctx: Context, part: u64) -> Result<(), String> {
    if part == 3 {
        return Err("disk full at part 3".into());
    }
    let work = time::after(Duration::from_secs(part));
    select! {
        _ = work.recv() => output(&format!("copied part {part}")),
        _ = ctx.done().recv() => output(&format!("part {part}: {}", ctx.cause().unwrap())),
    }
    Ok(())
}

pub async fn main() {
    let (group, ctx) = Group::with_context(&Context::background());
    // Two at a time: the third one starts when the first is done.
    group.set_limit(Some(2));
    for part in [1, 2, 3] {
        group.go(copy(ctx.clone(), part)).await;
    }
    output(&group.wait().await.unwrap_err());
}
