//! Contexts that users write.

use crate::harness::*;
use fanin::{
    Context, ContextError, Receiver, Sender, chan,
    context::{Custom, End, Unregister},
    detect, go,
    probe::What,
    time::Instant,
};
use std::{
    any::Any,
    sync::{Arc, Mutex},
};

/// A context with a done channel of its own.
#[derive(Clone)]
struct Own {
    parent: Option<Context>,
    close: Sender<()>,
    done: Receiver<()>,
    err: Arc<Mutex<Option<ContextError>>>,
}

impl Own {
    fn new(parent: Option<Context>) -> Self {
        let (close, done) = chan(0);
        Self { parent, close, done, err: Arc::default() }
    }

    fn end(&self, err: ContextError) {
        *self.err.lock().expect("no panic in here") = Some(err);
        self.close.close();
    }
}

impl Custom for Own {
    fn parent(&self) -> Option<&Context> {
        self.parent.as_ref()
    }
    fn done(&self) -> Receiver<()> {
        self.done.clone()
    }
    fn err(&self) -> Option<ContextError> {
        *self.err.lock().expect("no panic in here")
    }
}

/// A context that keeps its own list of whom to tell.
#[derive(Clone)]
struct Telling {
    own: Own,
    ends: Arc<Mutex<Vec<(u32, End)>>>,
}

impl Telling {
    fn new() -> Self {
        Self { own: Own::new(None), ends: Arc::default() }
    }

    fn end(&self, err: ContextError) {
        self.own.end(err);
        let ends = std::mem::take(&mut *self.ends.lock().expect("no panic in here"));
        ends.into_iter().for_each(|(_, end)| end());
    }

    fn registered(&self) -> usize {
        self.ends.lock().expect("no panic in here").len()
    }
}

impl Custom for Telling {
    fn done(&self) -> Receiver<()> {
        self.own.done()
    }
    fn err(&self) -> Option<ContextError> {
        self.own.err()
    }
    fn after_func(&self, end: End) -> Result<Unregister, End> {
        let mut ends = self.ends.lock().expect("no panic in here");
        let id = ends.iter().map(|(id, _)| id + 1).max().unwrap_or(0);
        ends.push((id, end));
        let ends = self.ends.clone();
        Ok(Box::new(move || {
            let mut ends = ends.lock().expect("no panic in here");
            let before = ends.len();
            ends.retain(|(other, _)| *other != id);
            ends.len() < before
        }))
    }
}

/// A context with values of its own, and a deadline.
struct Valued;

impl Custom for Valued {
    fn deadline(&self) -> Option<Instant> {
        Some(Instant::from_nanos(7))
    }
    fn value(&self, key: &dyn Any) -> Option<&(dyn Any + Send + Sync)> {
        (key.downcast_ref() == Some(&"key")).then_some(&7_i32)
    }
    fn name(&self) -> std::borrow::Cow<'_, str> {
        "Valued".into()
    }
}

conformance! {
    /// What is derived from a user's context ends some time after it, with its error.
    async fn ctx_33_children_follow_a_custom_end() {
        let own = Own::new(None);
        let ctx = Context::custom(own.clone());
        let (child, _cancel) = ctx.with_cancel();
        let (grandchild, _cancel_grandchild) = child.with_value("key", 1).with_timeout(ms(3_600_000));
        assert!(ctx.done().same_channel(&own.done) && !child.done().same_channel(&own.done));
        assert_eq!((ctx.err(), child.err()), (None, None));
        own.end(ContextError::DeadlineExceeded);
        grandchild.done().recv().await;
        for ctx in [ctx, child, grandchild] {
            assert_eq!(ctx.err(), Some(ContextError::DeadlineExceeded));
            assert_eq!(ctx.cause().expect("it has ended").downcast_ref(), Some(&ContextError::DeadlineExceeded));
        }
    }

    /// A context derived after the end starts out done.
    async fn ctx_33_derived_after_a_custom_end() {
        let own = Own::new(None);
        own.end(ContextError::Canceled);
        let (child, _cancel) = Context::custom(own).with_cancel();
        assert_eq!(child.err(), Some(ContextError::Canceled));
        child.done().recv().await;
    }

    /// The cause is looked up through a user's context, as long as the one within knows it.
    async fn ctx_33_the_cause_is_looked_up_through_it() {
        let (within, cancel) = Context::background().with_cancel_cause();
        let own = Own::new(Some(within));
        let ctx = Context::custom(own.clone());
        let (child, _cancel) = ctx.with_cancel();
        own.end(ContextError::DeadlineExceeded);
        assert_eq!(ctx.cause().expect("it has ended").to_string(), "context deadline exceeded");
        cancel.cancel("from within");
        assert_eq!(ctx.cause().expect("it has ended").to_string(), "from within");
        child.done().recv().await;
        assert_eq!(child.err(), Some(ContextError::DeadlineExceeded));
    }

    /// Deadline, values and name are the user's; what is left out is that of the context within, or nothing.
    async fn ctx_33_what_a_custom_context_defines() {
        let ctx = Context::custom(Valued);
        let (child, _cancel) = ctx.with_value("other", 8).with_timeout(ms(3_600_000));
        assert_eq!((ctx.deadline(), child.deadline()), (Some(Instant::from_nanos(7)), ctx.deadline()));
        assert_eq!((child.value(&"key"), child.value(&"other")), (Some(&7), Some(&8)));
        assert_eq!((child.value::<_, i32>(&"none"), ctx.err()), (None, None));
        assert!(ctx.done().same_channel(&Receiver::never()));
        assert_eq!(child.to_string(), "Valued.WithValue(other, i32).WithCancel");
    }

    /// A cancel below a user's context does not go up.
    async fn ctx_33_a_cancel_does_not_go_up() {
        let ctx = Context::custom(Own::new(None));
        let (child, cancel) = ctx.with_cancel();
        cancel.cancel();
        child.done().recv().await;
        assert_eq!((ctx.err(), child.err()), (None, Some(ContextError::Canceled)));
    }

    /// A user's own registry is used, and forgets what has ended before.
    async fn ctx_34_a_registry_of_its_own() {
        let own = Telling::new();
        let ctx = Context::custom(own.clone());
        let (early, cancel) = ctx.with_cancel();
        let (late, _cancel_late) = ctx.with_cancel();
        assert_eq!(own.registered(), 2);
        cancel.cancel();
        assert_eq!((early.err(), own.registered()), (Some(ContextError::Canceled), 1));
        own.end(ContextError::DeadlineExceeded);
        late.done().recv().await;
        assert_eq!(late.err(), Some(ContextError::DeadlineExceeded));
    }
}

/// How many tasks a program starts, main not counted; none of them may be left.
#[track_caller]
fn started<F: Future<Output = ()> + Send + 'static>(main: F) -> usize {
    let run = run(0, main);
    assert_eq!(detect::findings(&run.recording.events), []);
    run.recording.events.iter().filter(|e| matches!(e.what, What::Go { .. })).count() - 1
}

sim_only! {
    /// Only a done channel of the user's own needs a task; that ends with what was derived.
    fn ctx_34_only_a_custom_done_channel_takes_a_task() {
        let derived = |ctx: Context| async move {
            let (child, cancel) = ctx.with_cancel();
            let (_grandchild, _cancel) = child.with_timeout(ms(3_600_000));
            cancel.cancel();
        };
        assert_eq!(started(async move { derived(Context::background().with_cancel().0).await }), 0);
        assert_eq!(started(async move { derived(Context::custom(Valued)).await }), 0);
        assert_eq!(started(async move { derived(Context::custom(Telling::new())).await }), 0);
        assert_eq!(started(async move { derived(Context::custom(Own::new(None))).await }), 1);
        let wrapped = async move {
            struct Around(Context);
            impl Custom for Around {
                fn parent(&self) -> Option<&Context> {
                    Some(&self.0)
                }
            }
            derived(Context::custom(Around(Context::background().with_cancel().0))).await;
        };
        assert_eq!(started(wrapped), 0);
    }

    /// A task at the end of a user's context, which is stopped, leaves no task behind.
    fn ctx_34_a_stop_ends_the_task_that_watches() {
        let watched = async {
            let stop = Context::custom(Own::new(None)).after_func(async { unreachable!("it is stopped") });
            assert!(stop.stop());
        };
        assert_eq!(started(watched), 1);
    }

    /// Whether the child's own cancel or the parent's end comes first is open.
    fn ctx_33_a_custom_end_races_with_a_cancel() {
        let seen = results(SEEDS, || async {
            let own = Own::new(None);
            let (child, cancel) = Context::custom(own.clone()).with_cancel();
            go(async move { own.end(ContextError::DeadlineExceeded) });
            go(async move { cancel.cancel() });
            child.done().recv().await;
            child.err().map(|err| err.to_string())
        });
        let texts = ["context canceled", "context deadline exceeded"];
        assert_eq!(seen, texts.map(|text| Some(text.to_string())).into());
    }
}
