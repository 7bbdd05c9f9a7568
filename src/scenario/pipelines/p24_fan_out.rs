use std::time::Duration;

use fanin::{
    Context, Receiver, output,
    patterns::{delay, fan_in, fan_out, filter, generator},
    time,
};

fn is_prime(n: &u32) -> bool {
    *n > 1 && (2..*n).all(|divisor| !n.is_multiple_of(divisor))
}

// Slow: a millisecond for each divisor to try.
fn prime_finder(ctx: &Context, candidates: Receiver<u32>) -> Receiver<u32> {
    let tried = delay(ctx, candidates, |n| Duration::from_millis((*n).into()));
    filter(ctx, tried, is_prime)
}

async fn find(workers: usize) {
    let (ctx, cancel) = Context::background().with_cancel();
    let _cancel = cancel.on_drop();
    let start = time::now();

    let candidates = generator(&ctx, [19, 20, 17, 18, 15, 16]);
    let finders = fan_out(candidates, workers, |_, candidates| prime_finder(&ctx, candidates));
    let primes = fan_in(&ctx, finders);
    while let Some(prime) = primes.recv().await {
        output(&prime);
    }
    output(&format!("with {workers}: {:?}", time::now().since(start)));
}

pub async fn main() {
    find(1).await;
    find(3).await;
}
