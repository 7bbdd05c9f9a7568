//! Every interleaving of small programs: whoever cancels, and whenever, leaves nobody behind.

use fanin::{Context, Receiver, explore, go, patterns::*};

/// The consumer takes one value and cancels, while everybody else is anywhere.
fn cancelled<F>(stage: impl Fn(&Context, Receiver<u32>) -> F + Send + Sync + Copy + 'static)
where
    F: Future<Output = ()> + Send + 'static,
{
    explore::check(move || async move {
        let (ctx, cancel) = Context::background().with_cancel();
        let consumed = stage(&ctx, generator(&ctx, [1]));
        go(async move { cancel.cancel() });
        consumed.await;
    });
}

async fn first(output: Receiver<u32>) {
    output.recv().await;
}

#[test]
fn a_cancel_at_any_moment_ends_an_owner() {
    cancelled(|ctx, _| {
        let owned = confined(ctx, 0, |tx| async move { tx.send(1).await });
        first(owned)
    });
}

#[test]
fn a_cancel_at_any_moment_ends_a_merge_in_order() {
    cancelled(|ctx, input| first(fan_in_order(ctx, [input])));
}

#[test]
fn a_cancel_at_any_moment_ends_a_merge_of_two() {
    cancelled(|ctx, input| first(merge(ctx, input, Receiver::never())));
}

#[test]
fn a_cancel_at_any_moment_ends_copies() {
    cancelled(|ctx, input| first(tee_n(ctx, input, 2).remove(1)));
}

#[test]
fn a_cancel_at_any_moment_ends_bounded_work() {
    cancelled(|ctx, input| first(bounded(ctx, 1, input, |n| async move { Ok::<_, ()>(n) }).0));
}

#[test]
fn a_cancel_at_any_moment_ends_a_stream() {
    cancelled(|ctx, input| first(from_stream(ctx, input.stream())));
}

#[test]
fn a_stop_at_any_moment_ends_a_worker() {
    explore::check(|| async {
        let worker = Worker::start(&Context::background(), |ctx| async move { _ = ctx.done().recv().await });
        let other = worker.clone();
        go(async move { other.stop() });
        worker.wait().await;
    });
}

#[test]
fn a_key_is_loaded_once_in_every_interleaving() {
    explore::check(|| async {
        let cache = Cache::<_, _, ()>::new();
        let (other, asked) = (cache.clone(), go(async {}));
        let other = go(async move { other.get((), async { Ok(1) }).await });
        let mine = cache.get((), async { Ok(2) }).await;
        assert_eq!(other.await, Ok(mine));
        assert_eq!(asked.await, Ok(()));
    });
}
