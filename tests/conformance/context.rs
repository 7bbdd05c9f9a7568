//! Contexts.

use crate::harness::*;
use fanin::{
    Context, ContextError, Receiver, chan, go, select,
    sim::Outcome,
    time::{Instant, now, sleep},
};
use std::time::Duration;

async fn is_done(ctx: &Context) -> bool {
    select! {
        _ = ctx.done().recv() => true,
        default => false,
    }
}

conformance! {
    /// The background context never ends, and carries nothing.
    async fn ctx_01_background_is_empty() {
        let ctx = Context::background();
        assert!(ctx.done().same_channel(&Receiver::never()));
        assert_eq!((ctx.err(), ctx.deadline(), ctx.value::<_, u32>(&"key")), (None, None, None));
    }

    /// When cancel returns the context and all below it are done.
    async fn ctx_02_cancel_reaches_all_below_at_once() {
        let (parent, cancel) = Context::background().with_cancel();
        let (child, _child_cancel) = parent.with_cancel();
        let (grandchild, _grandchild_cancel) = child.with_value("key", 1).with_timeout(ms(3_600_000));
        cancel.cancel();
        for ctx in [parent, child, grandchild] {
            assert!(is_done(&ctx).await);
            assert_eq!(ctx.err(), Some(ContextError::Canceled));
        }
    }

    /// After cancel the error says so.
    async fn ctx_03_cancel_gives_canceled() {
        let (ctx, cancel) = Context::background().with_cancel();
        assert_eq!(ctx.err(), None);
        cancel.cancel();
        assert_eq!(ctx.err(), Some(ContextError::Canceled));
        assert_eq!(ContextError::Canceled.to_string(), "context canceled");
    }

    /// Only the first cancel counts, from however many tasks.
    async fn ctx_04_cancel_is_idempotent() {
        let (ctx, cancel) = Context::background().with_cancel();
        for _ in 0..3 {
            let cancel = cancel.clone();
            go(async move { cancel.cancel() });
        }
        cancel.cancel();
        others_wait().await;
        cancel.cancel();
        assert!(is_done(&ctx).await);
        assert_eq!(ctx.err(), Some(ContextError::Canceled));
    }

    /// Done is the same channel every time.
    async fn ctx_05_done_is_one_channel() {
        let (ctx, _cancel) = Context::background().with_cancel();
        assert!(ctx.done().same_channel(&ctx.done()) && ctx.done().same_channel(&ctx.clone().done()));
    }

    /// Who sees an error also finds done closed.
    async fn ctx_06_an_error_means_done() {
        let (ctx, cancel) = Context::background().with_cancel();
        go(async move { cancel.cancel() });
        while ctx.err().is_none() {
            fanin::yield_now().await;
        }
        assert!(is_done(&ctx).await);
    }

    /// Cancelling a child touches neither parent nor siblings.
    async fn ctx_07_cancel_goes_down_only() {
        let (parent, _parent_cancel) = Context::background().with_cancel();
        let (child, cancel) = parent.with_cancel();
        let (sibling, _sibling_cancel) = parent.with_cancel();
        cancel.cancel();
        assert!(is_done(&child).await && !is_done(&parent).await && !is_done(&sibling).await);
        assert_eq!((parent.err(), sibling.err()), (None, None));
    }

    /// A context derived from one that has ended starts out done, with its error.
    async fn ctx_08_derived_after_cancel() {
        let (parent, cancel) = Context::background().with_cancel();
        cancel.cancel();
        assert_eq!(parent.err(), Some(ContextError::Canceled));
        let (child, _child_cancel) = parent.with_timeout(ms(3_600_000));
        assert!(is_done(&child).await);
        assert_eq!(child.err(), Some(ContextError::Canceled));
    }

    /// Deriving while the parent is being cancelled still gives a child that ends.
    async fn ctx_09_derived_while_the_parent_ends() {
        let (parent, cancel) = Context::background().with_cancel();
        go(async move { cancel.cancel() });
        let child = go(async move { parent.with_cancel() });
        others_wait().await;
        let (child, _child_cancel) = child.await.expect("it returned");
        child.done().recv().await;
        assert_eq!(child.err(), Some(ContextError::Canceled));
    }

    /// A deadline is reported, and ends the context.
    async fn ctx_15_a_deadline_ends_the_context() {
        let at = now() + ms(5);
        let (ctx, _cancel) = Context::background().with_deadline(at);
        assert_eq!((ctx.deadline(), ctx.err()), (Some(at), None));
        ctx.done().recv().await;
        assert!(now() >= at);
        assert_eq!(ctx.err(), Some(ContextError::DeadlineExceeded));
        assert_eq!(ContextError::DeadlineExceeded.to_string(), "context deadline exceeded");
    }

    /// A parent's earlier deadline stays in force.
    async fn ctx_16_the_earlier_deadline_holds() {
        let (parent, _parent_cancel) = Context::background().with_timeout(ms(5));
        let (child, _cancel) = parent.with_timeout(ms(3_600_000));
        assert_eq!(child.deadline(), parent.deadline());
        child.done().recv().await;
        assert_eq!(child.err(), Some(ContextError::DeadlineExceeded));
    }

    /// A deadline that has come gives a context that is done; cancelling it changes nothing.
    async fn ctx_17_a_past_deadline() {
        let (ctx, cancel) = Context::background().with_timeout(Duration::ZERO);
        assert!(is_done(&ctx).await);
        cancel.cancel();
        assert_eq!(ctx.err(), Some(ContextError::DeadlineExceeded));
        let (ctx, _cancel) = Context::background().with_deadline(Instant::ZERO);
        assert_eq!(ctx.err(), Some(ContextError::DeadlineExceeded));
    }

    /// Cancel before the deadline gives Canceled, and the deadline changes nothing.
    async fn ctx_18_cancel_before_the_deadline() {
        let (ctx, cancel) = Context::background().with_timeout(ms(2));
        cancel.cancel();
        sleep(ms(10)).await;
        assert_eq!(ctx.err(), Some(ContextError::Canceled));
    }

    /// The nearest binding of a key counts.
    async fn ctx_22_the_nearest_binding_counts() {
        let outer = Context::background().with_value("a", 1).with_value("b", 2);
        let inner = outer.with_value("a", 3);
        assert_eq!(outer.value::<_, i32>(&"a"), Some(&1));
        assert_eq!(inner.value::<_, i32>(&"a"), Some(&3));
        assert_eq!(inner.value::<_, i32>(&"b"), Some(&2));
        assert_eq!(inner.value::<_, i32>(&"c"), None);
        let hidden = inner.with_value("b", None::<i32>);
        assert_eq!(hidden.value::<_, Option<i32>>(&"b"), Some(&None));
        assert_eq!(hidden.value::<_, i32>(&"b"), None);
    }

    /// Lookups along a chain of bindings: each context sees its own and those above it, whatever is derived
    /// from where; a binding to nothing hides one above it.
    async fn ctx_22_lookups_along_a_chain() {
        #[derive(PartialEq)]
        struct First(u32);
        #[derive(PartialEq)]
        struct Second(u32);
        type Text = Option<&'static str>;
        let seen = |ctx: &Context| {
            let same_type = [1, 3].map(|n| ctx.value::<_, Text>(&First(n)).copied().flatten());
            (same_type, ctx.value::<_, Text>(&Second(1)).copied().flatten())
        };
        let c0 = Context::background();
        let c1 = c0.with_value(First(1), Some("c1"));
        let c2 = c1.with_value(Second(1), Some("c2"));
        let c3 = c2.with_value(First(3), Some("c3"));
        let c4 = c3.with_value(First(1), Text::None);
        assert_eq!(seen(&c0), ([None, None], None));
        assert_eq!(seen(&c1), ([Some("c1"), None], None));
        assert_eq!(seen(&c2), ([Some("c1"), None], Some("c2")));
        assert_eq!(seen(&c3), ([Some("c1"), Some("c3")], Some("c2")));
        assert_eq!(seen(&c4), ([None, Some("c3")], Some("c2")));
        // The same through contexts that can end.
        let (o1, _cancel) = c4.with_cancel();
        let o2 = o1.with_timeout(ms(3_600_000)).0.with_value(Second(1), Some("o2"));
        assert_eq!(seen(&o1), seen(&c4));
        assert_eq!(seen(&o2), ([None, Some("c3")], Some("o2")));
        assert_eq!(seen(&o2.without_cancel()), seen(&o2));
    }

    /// Keys match on type and value together.
    async fn ctx_23_keys_match_on_type_and_value() {
        #[derive(PartialEq)]
        struct First(u32);
        #[derive(PartialEq)]
        struct Second(u32);
        let ctx = Context::background().with_value(First(1), "first").with_value(Second(1), "second");
        assert_eq!(ctx.value::<_, &str>(&First(1)), Some(&"first"));
        assert_eq!(ctx.value::<_, &str>(&Second(1)), Some(&"second"));
        assert_eq!(ctx.value::<_, &str>(&First(2)), None);
        assert_eq!(ctx.value::<_, &str>(&1u32), None);
    }

    /// A context with a value shares the end of its parent; its values outlive that end.
    async fn ctx_26_a_value_context_shares_the_end() {
        let (parent, cancel) = Context::background().with_timeout(ms(3_600_000));
        let ctx = parent.with_value("key", 7);
        assert!(ctx.done().same_channel(&parent.done()));
        assert_eq!(ctx.deadline(), parent.deadline());
        cancel.cancel();
        assert_eq!(ctx.err(), Some(ContextError::Canceled));
        assert_eq!(ctx.value::<_, i32>(&"key"), Some(&7));
    }

    /// Without cancel a context keeps its values and nothing else.
    async fn ctx_27_without_cancel_keeps_values_only() {
        let (parent, cancel) = Context::background().with_value("key", 7).with_timeout(ms(3_600_000));
        let detached = parent.without_cancel();
        let (child, child_cancel) = detached.with_cancel();
        cancel.cancel();
        assert!(is_done(&parent).await);
        assert!(detached.done().same_channel(&Receiver::never()));
        assert_eq!((detached.err(), detached.deadline(), child.err()), (None, None, None));
        assert_eq!(child.value::<_, i32>(&"key"), Some(&7));
        child_cancel.cancel();
        assert_eq!(child.err(), Some(ContextError::Canceled));
    }

    /// Cancelling all over a tree at the same time ends all of it.
    async fn ctx_35_concurrent_cancels() {
        let (root, cancel) = Context::background().with_cancel();
        let mut contexts = vec![(root, cancel)];
        for i in 1..100 {
            let derived = contexts[(i - 1) / 2].0.with_cancel();
            contexts.push(derived);
        }
        let (tx, rx) = chan(0);
        for (ctx, cancel) in contexts {
            let tx = tx.clone();
            go(async move { cancel.cancel() });
            go(async move {
                ctx.done().recv().await;
                tx.send(ctx.err()).await;
            });
        }
        for _ in 0..100 {
            assert_eq!(rx.recv().await, Some(Some(ContextError::Canceled)));
        }
    }

    /// A child cancelled by a task that the parent's end woke is no trouble.
    async fn ctx_35_interlocked_cancels() {
        let (parent, cancel_parent) = Context::background().with_cancel();
        let (child, cancel_child) = parent.with_cancel();
        let other = go(async move {
            parent.done().recv().await;
            cancel_child.cancel();
        });
        cancel_parent.cancel();
        child.done().recv().await;
        assert_eq!(other.await, Ok(()));
    }
}

sim_only! {
    /// A context ends at its deadline exactly, and not a nanosecond before.
    fn ctx_15_a_deadline_is_exact() {
        under_every_seed(|| async {
            let (ctx, _cancel) = Context::background().with_timeout(ms(5));
            sleep(ms(5) - Duration::from_nanos(1)).await;
            assert_eq!(ctx.err(), None);
            ctx.done().recv().await;
            assert_eq!(now(), Instant::ZERO + ms(5));
        });
    }

    /// A deadline in force postpones no report once it is cancelled: its timer is gone.
    fn ctx_18_cancel_releases_the_timer() {
        let run = run(0, async {
            let (ctx, cancel) = Context::background().with_timeout(ms(5));
            cancel.cancel();
            ctx.done().recv().await;
            select! {}
        });
        assert_eq!(run.recording.outcome, Some(Outcome::Deadlock));
        assert_eq!(run.recording.events.last().map(|e| e.at), Some(0));
    }

    /// Whether a task sees the end before it did its work is open; what it sees is consistent.
    fn ctx_09_a_race_between_work_and_cancel() {
        let seen = results(SEEDS, || async {
            let (ctx, cancel) = Context::background().with_cancel();
            let (tx, rx) = chan(0);
            go(async move { cancel.cancel() });
            go(async move { tx.send("work").await });
            select! {
                v = rx.recv() => v,
                _ = ctx.done().recv() => None,
            }
        });
        assert_eq!(seen, [None, Some("work")].into());
    }
}
