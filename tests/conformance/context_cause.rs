//! What a context ended for, and what it is called.

use crate::harness::*;
use fanin::{
    Context,
    ContextError::{self, Canceled, DeadlineExceeded},
    context::Custom,
};
use std::{fmt, sync::Arc, time::Duration};

const HOUR: Duration = Duration::from_secs(3600);

/// An error with an identity.
#[derive(Debug)]
struct Lost(u32);

impl fmt::Display for Lost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "lost {}", self.0)
    }
}

impl std::error::Error for Lost {}

/// A context around another one, which says nothing of its own.
struct Around(Context);

impl Custom for Around {
    fn parent(&self) -> Option<&Context> {
        Some(&self.0)
    }
}

fn cause(ctx: &Context) -> Option<String> {
    ctx.cause().map(|cause| cause.to_string())
}

/// How a context came about, and the error and cause that it ends with; an error is its own cause.
type Row = (&'static str, fn() -> Context, Option<ContextError>, Option<&'static str>);

const LATER: Option<&str> = Some("context canceled");
const LATE: Option<&str> = Some("context deadline exceeded");

const TABLE: [Row; 23] = [
    ("background", Context::background, None, None),
    ("to be done", Context::todo, None, None),
    ("not cancelled", || Context::background().with_cancel().0, None, None),
    (
        "cancelled",
        || {
            let (ctx, cancel) = Context::background().with_cancel();
            cancel.cancel();
            ctx
        },
        Some(Canceled),
        LATER,
    ),
    (
        "cancelled for a cause",
        || {
            let (ctx, cancel) = Context::background().with_cancel_cause();
            cancel.cancel("parent");
            ctx
        },
        Some(Canceled),
        Some("parent"),
    ),
    (
        "cancelled for none",
        || {
            let (ctx, cancel) = Context::background().with_cancel_cause();
            cancel.cancel_without_cause();
            ctx
        },
        Some(Canceled),
        LATER,
    ),
    (
        "cancelled for none, then for a cause",
        || {
            let (ctx, cancel) = Context::background().with_cancel_cause();
            cancel.cancel_without_cause();
            cancel.cancel("late");
            ctx
        },
        Some(Canceled),
        LATER,
    ),
    (
        "parent's cause, then child's",
        || {
            let (parent, cancel_parent) = Context::background().with_cancel_cause();
            let (ctx, cancel) = parent.with_cancel_cause();
            cancel_parent.cancel("parent");
            cancel.cancel("child");
            ctx
        },
        Some(Canceled),
        Some("parent"),
    ),
    (
        "child's cause, then parent's",
        || {
            let (parent, cancel_parent) = Context::background().with_cancel_cause();
            let (ctx, cancel) = parent.with_cancel_cause();
            cancel.cancel("child");
            cancel_parent.cancel("parent");
            ctx
        },
        Some(Canceled),
        Some("child"),
    ),
    (
        "parent's cause, then a plain child's cancel",
        || {
            let (parent, cancel_parent) = Context::background().with_cancel_cause();
            let (ctx, cancel) = parent.with_cancel();
            cancel_parent.cancel("parent");
            cancel.cancel();
            ctx
        },
        Some(Canceled),
        Some("parent"),
    ),
    (
        "a plain child's cancel, then parent's cause",
        || {
            let (parent, cancel_parent) = Context::background().with_cancel_cause();
            let (ctx, cancel) = parent.with_cancel();
            cancel.cancel();
            cancel_parent.cancel("parent");
            ctx
        },
        Some(Canceled),
        LATER,
    ),
    (
        "a plain parent's cancel, then child's cause",
        || {
            let (parent, cancel_parent) = Context::background().with_cancel();
            let (ctx, cancel) = parent.with_cancel_cause();
            cancel_parent.cancel();
            cancel.cancel("child");
            ctx
        },
        Some(Canceled),
        LATER,
    ),
    (
        "child's cause, then a plain parent's cancel",
        || {
            let (parent, cancel_parent) = Context::background().with_cancel();
            let (ctx, cancel) = parent.with_cancel_cause();
            cancel.cancel("child");
            cancel_parent.cancel();
            ctx
        },
        Some(Canceled),
        Some("child"),
    ),
    ("timeout", || Context::background().with_timeout(ms(1)).0, Some(DeadlineExceeded), LATE),
    (
        "timeout, cancelled",
        || {
            let (ctx, cancel) = Context::background().with_timeout(HOUR);
            cancel.cancel();
            ctx
        },
        Some(Canceled),
        LATER,
    ),
    (
        "timeout for a cause",
        || Context::background().with_timeout_cause(ms(1), "slow").0,
        Some(DeadlineExceeded),
        Some("slow"),
    ),
    (
        "timeout for a cause, cancelled",
        || {
            let (ctx, cancel) = Context::background().with_timeout_cause(HOUR, "slow");
            cancel.cancel();
            ctx
        },
        Some(Canceled),
        LATER,
    ),
    (
        "below a timeout for a cause",
        || {
            let (parent, _cancel) = Context::background().with_timeout_cause(ms(1), "slow");
            parent.with_timeout_cause(HOUR, "slower").0
        },
        Some(DeadlineExceeded),
        Some("slow"),
    ),
    (
        "timeout for a cause below a cancelled one",
        || {
            let (parent, cancel) = Context::background().with_cancel_cause();
            let (ctx, _cancel) = parent.with_timeout_cause(HOUR, "slow");
            cancel.cancel("parent");
            ctx
        },
        Some(Canceled),
        Some("parent"),
    ),
    (
        "detached",
        || {
            let (parent, cancel) = Context::background().with_cancel_cause();
            cancel.cancel("parent");
            parent.without_cancel()
        },
        None,
        None,
    ),
    (
        "cancelled below a detached one",
        || {
            let (parent, cancel_parent) = Context::background().with_cancel_cause();
            let (ctx, cancel) = parent.without_cancel().with_cancel_cause();
            cancel_parent.cancel("parent");
            cancel.cancel("child");
            ctx
        },
        Some(Canceled),
        Some("child"),
    ),
    (
        "around a cancelled one",
        || {
            let (parent, cancel) = Context::background().with_cancel_cause();
            let ctx = Context::custom(Around(parent));
            cancel.cancel("parent");
            ctx
        },
        Some(Canceled),
        Some("parent"),
    ),
    (
        "below one around a timeout for a cause",
        || {
            let (parent, _cancel) = Context::background().with_timeout_cause(ms(1), "slow");
            Context::custom(Around(parent)).with_cancel().0
        },
        Some(DeadlineExceeded),
        Some("slow"),
    ),
];

conformance! {
    /// Error and cause of every way to end, in either order of the cancels.
    async fn ctx_14_the_first_end_decides() {
        for (name, make, err, expected) in TABLE {
            let ctx = make();
            if err.is_some() {
                ctx.done().recv().await;
            }
            assert_eq!((ctx.err(), cause(&ctx).as_deref()), (err, expected), "{name}");
        }
    }

    /// The cause is the very error that was given, all the way down; the error says only "canceled".
    async fn ctx_11_the_cause_is_the_error_given() {
        let (ctx, cancel) = Context::background().with_cancel_cause();
        let (child, _cancel_child) = ctx.with_value("key", 1).with_cancel();
        cancel.cancel(Lost(7));
        let cause = ctx.cause().expect("it has ended");
        assert_eq!(cause.downcast_ref::<Lost>().map(|lost| lost.0), Some(7));
        assert!(Arc::ptr_eq(&cause, &child.cause().expect("it has ended")));
        assert_eq!(child.err(), Some(Canceled));
    }

    /// Without a cause it is the error, also where a later cancel gives one.
    async fn ctx_12_no_cause_is_canceled() {
        let (ctx, cancel) = Context::background().with_cancel_cause();
        cancel.cancel_without_cause();
        cancel.cancel(Lost(1));
        assert_eq!(ctx.cause().expect("it has ended").downcast_ref(), Some(&Canceled));
    }

    /// Before the end there is no cause.
    async fn ctx_13_no_cause_before_the_end() {
        let (ctx, cancel) = Context::background().with_timeout_cause(HOUR, Lost(1));
        assert!(ctx.cause().is_none());
        cancel.cancel();
        assert_eq!(ctx.cause().expect("it has ended").downcast_ref(), Some(&Canceled));
    }

    /// The cause of a deadline is given when it passes, and only then.
    async fn ctx_19_the_cause_of_a_deadline() {
        let (ctx, _cancel) = Context::background().with_timeout_cause(ms(1), Lost(1));
        ctx.done().recv().await;
        assert_eq!((ctx.err(), cause(&ctx).as_deref()), (Some(DeadlineExceeded), Some("lost 1")));
        let (past, _cancel) = Context::background().with_deadline_cause(fanin::time::now(), Lost(2));
        assert_eq!((past.err(), cause(&past).as_deref()), (Some(DeadlineExceeded), Some("lost 2")));
    }

    /// Error and cause go down; a deadline's own cause is not used once its parent has ended.
    async fn ctx_20_the_cause_goes_down() {
        let (parent, _cancel) = Context::background().with_timeout_cause(ms(1), Lost(1));
        let (child, _cancel_child) = parent.with_cancel();
        let (grandchild, _cancel_grandchild) = child.with_timeout_cause(HOUR, Lost(2));
        grandchild.done().recv().await;
        assert_eq!((grandchild.err(), cause(&grandchild).as_deref()), (Some(DeadlineExceeded), Some("lost 1")));
        let (late, _cancel_late) = grandchild.with_cancel_cause();
        assert_eq!((late.err(), cause(&late).as_deref()), (Some(DeadlineExceeded), Some("lost 1")));
    }

    /// Only the deadline's error is a timeout, and worth another try.
    async fn ctx_21_a_deadline_is_a_timeout() {
        assert!(DeadlineExceeded.is_timeout() && DeadlineExceeded.is_temporary());
        assert!(!Canceled.is_timeout() && !Canceled.is_temporary());
    }

    /// A context prints how it was derived.
    async fn ctx_28_a_context_prints_its_derivation() {
        struct Key;
        impl PartialEq for Key {
            fn eq(&self, _: &Self) -> bool {
                true
            }
        }
        let (ctx, _cancel) = Context::background().with_cancel();
        assert_eq!(ctx.to_string(), "context.Background.WithCancel");
        let ctx = ctx.with_value("k", 1_i32).with_value("s".to_string(), "text").without_cancel();
        assert_eq!(
            ctx.to_string(),
            "context.Background.WithCancel.WithValue(k, i32).WithValue(s, text).WithoutCancel"
        );
        let typed = Context::todo().with_value(Key, ()).to_string();
        assert!(typed.starts_with("context.TODO.WithValue(") && typed.ends_with("Key, ())"), "{typed}");
        let around = Context::custom(Around(ctx)).with_cancel_cause().0.to_string();
        assert!(around.ends_with("Around.WithCancel"), "{around}");
    }

    /// The two roots, by their names.
    async fn ctx_01_the_roots_print_their_names() {
        let names = [Context::background(), Context::todo(), Context::default()].map(|ctx| ctx.to_string());
        assert_eq!(names, ["context.Background", "context.TODO", "context.Background"]);
    }
}

sim_only! {
    /// A deadline prints its instant and what is left of it; a later one is no deadline of its own.
    async fn ctx_28_a_deadline_prints_what_is_left() {
        let (ctx, _cancel) = Context::background().with_timeout(ms(1500));
        fanin::time::sleep(ms(500)).await;
        assert_eq!(ctx.to_string(), "context.Background.WithDeadline(1.5s [1s])");
        let (later, _cancel) = ctx.with_timeout(HOUR);
        assert_eq!(later.to_string(), "context.Background.WithDeadline(1.5s [1s]).WithCancel");
    }

}

sim_only! {
    /// A long chain of contexts is no trouble, whichever of them goes last.
    fn a_long_chain_can_be_dropped() {
        let mut ctx = Context::background();
        for i in 0..100_000 {
            ctx = ctx.with_value("i", i);
        }
        assert_eq!(ctx.value(&"i"), Some(&99_999));
        drop(ctx);
    }
}
