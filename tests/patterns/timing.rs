//! Buffers and delays on virtual time.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering::Relaxed},
    },
    time::Duration,
};

use fanin::{Context, Receiver, patterns::*, time};

use crate::support::{drain, every_seed};

const SECOND: Duration = Duration::from_secs(1);

async fn ready(cap: usize) -> u32 {
    let (ctx, cancel) = Context::background().with_cancel();
    let _cancel = cancel.on_drop();
    let made = Arc::new(AtomicU32::new(0));
    let source = {
        let made = made.clone();
        repeat_with(&ctx, move || made.fetch_add(1, Relaxed))
    };
    let _output = buffer(&ctx, source, cap);
    time::sleep(SECOND).await;
    made.load(Relaxed)
}

#[test]
fn a_buffer_lets_the_source_run_ahead_by_its_size() {
    for cap in [0, 1, 3] {
        // In the queue, in the buffer's hand, in the source's hand.
        every_seed(move || ready(cap), |made, _| assert_eq!(made as usize, cap + 2));
    }
}

#[test]
fn what_is_queued_survives_the_cancel() {
    let program = || async {
        let (ctx, cancel) = Context::background().with_cancel();
        let queue = buffer(&ctx, generator(&ctx, 0..), 3);
        time::sleep(SECOND).await;
        cancel.cancel();
        time::sleep(SECOND).await;
        drain(queue).await
    };
    every_seed(program, |values, _| assert_eq!(values, [0, 1, 2]));
}

async fn elapsed<T: Send + 'static>(output: Receiver<T>) -> Duration {
    let start = time::now();
    drain(output).await;
    time::now().since(start)
}

#[test]
fn delays_add_up_in_one_stage_and_overlap_in_two() {
    let one = || async {
        let ctx = Context::background();
        elapsed(delay(&ctx, generator(&ctx, 1..4), |n| SECOND * *n)).await
    };
    every_seed(one, |time, _| assert_eq!(time, 6 * SECOND));

    let two = || async {
        let ctx = Context::background();
        let first = delay(&ctx, generator(&ctx, 0..4), |_| SECOND);
        elapsed(delay(&ctx, first, |_| SECOND)).await
    };
    every_seed(two, |time, _| assert_eq!(time, 5 * SECOND));
}

#[test]
fn a_cancel_cuts_a_delay_short() {
    let program = || async {
        let (ctx, _cancel) = Context::background().with_timeout(SECOND);
        elapsed(delay(&ctx, generator(&ctx, 0..4), |_| 60 * SECOND)).await
    };
    every_seed(program, |time, _| assert_eq!(time, SECOND));
}
