use std::{num::NonZeroUsize, time::Duration};

use fanin::{
    Context, Receiver, output,
    patterns::{batch, delay, generator, map},
    time,
};

fn multiply(values: Vec<u32>, multiplier: u32) -> Vec<u32> {
    values.into_iter().map(|value| value * multiplier).collect()
}

fn add(values: Vec<u32>, additive: u32) -> Vec<u32> {
    values.into_iter().map(|value| value + additive).collect()
}

// A value a second.
fn values(ctx: &Context) -> Receiver<u32> {
    delay(ctx, generator(ctx, 1..=4), |_| Duration::from_secs(1))
}

async fn batches_of(size: usize) {
    let (ctx, start) = (Context::background(), time::now());
    let groups = batch(&ctx, values(&ctx), NonZeroUsize::new(size).unwrap());
    let results = map(&ctx, groups, |group| add(multiply(group, 2), 1));
    while let Some(group) = results.recv().await {
        output(&format!("{:?}: {group:?}", time::now().since(start)));
    }
}

pub async fn main() {
    batches_of(4).await;
    batches_of(1).await;
}
