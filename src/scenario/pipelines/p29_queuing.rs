use std::time::Duration;

use fanin::{
    Context, Receiver, output,
    patterns::{buffer, delay, generator},
    time,
};

const MS: Duration = Duration::from_millis(1);

// Six values come in two bursts of three; the consumer needs two milliseconds for each.
fn bursts(ctx: &Context) -> Receiver<u32> {
    delay(ctx, generator(ctx, 1..=6), |n| if n % 3 == 1 { 6 * MS } else { Duration::ZERO })
}

async fn consume(values: Receiver<u32>, start: time::Instant) -> Duration {
    while values.recv().await.is_some() {
        time::sleep(2 * MS).await;
    }
    time::now().since(start)
}

pub async fn main() {
    let ctx = Context::background();

    let elapsed = consume(bursts(&ctx), time::now()).await;
    output(&format!("without a queue: {elapsed:?}"));

    let elapsed = consume(buffer(&ctx, bursts(&ctx), 2), time::now()).await;
    output(&format!("with a queue of 2: {elapsed:?}"));

    let elapsed = consume(buffer(&ctx, bursts(&ctx), 10), time::now()).await;
    output(&format!("with a queue of 10: {elapsed:?}"));
}
