//! Contexts: cancellation, deadlines and values that are handed down, as Go's package `context`.

mod cancel;
mod chain;
mod custom;
mod end;
mod func;

pub use custom::{Custom, End, Unregister};
pub use func::{CancelCauseFunc, CancelFunc, CancelOnDrop, StopFunc};

use crate::{
    probe::{self, Site},
    rt::{
        Handle,
        time::{Instant, now},
    },
    sync::Receiver,
};
use cancel::{After, CancelNode};
use chain::{Binding, How, Link};
use end::Ending;
use std::{error::Error, fmt, future::Future, sync::Arc, time::Duration};

/// Why a context ended, in the words of who ended it; see [`Context::cause`].
pub type Cause = Arc<dyn Error + Send + Sync>;

/// Carries a cancellation, a deadline and values to the tasks that work for one purpose.
///
/// Cheap to clone; clones are the same context. It prints as in Go, by how it was derived.
///
/// ```
/// use fanin::{Context, select};
/// fanin::sim::run(async {
///     let (ctx, cancel) = Context::background().with_cancel();
///     assert_eq!(ctx.to_string(), "context.Background.WithCancel");
///     fanin::go(async move { cancel.cancel() });
///     select! {
///         _ = ctx.done().recv() => {},
///     }
///     assert_eq!(ctx.err().unwrap().to_string(), "context canceled");
/// });
/// ```
#[derive(Clone, Default)]
pub struct Context {
    ending: Ending,
    deadline: Option<Instant>,
    chain: Option<Arc<Link>>,
}

impl Context {
    /// The root of all contexts: never cancelled, without deadline and values.
    ///
    /// ```
    /// assert_eq!(fanin::Context::background().err(), None);
    /// ```
    pub fn background() -> Self {
        Self::default()
    }

    /// A background context where it is not yet clear which one to use, as Go's `context.TODO`.
    ///
    /// ```
    /// assert_eq!(fanin::Context::todo().to_string(), "context.TODO");
    /// ```
    pub fn todo() -> Self {
        Self { chain: Link::new(None, How::Todo), ..Self::default() }
    }

    /// A context of one's own; see [`Custom`].
    ///
    /// ```
    /// use fanin::{Context, context::Custom, time::Instant};
    /// struct Patient;
    /// impl Custom for Patient {
    ///     fn deadline(&self) -> Option<Instant> {
    ///         Some(Instant::from_nanos(u64::MAX))
    ///     }
    /// }
    /// assert!(Context::custom(Patient).deadline().is_some());
    /// ```
    pub fn custom(custom: impl Custom) -> Self {
        let custom: Arc<dyn Custom> = Arc::new(custom);
        Self {
            deadline: custom.deadline(),
            ending: Ending::custom(custom.clone()),
            chain: Link::new(None, How::Custom(custom)),
        }
    }

    /// A channel that is closed when the context ends; Go's nil channel if it never does.
    ///
    /// It can be kept without the context.
    ///
    /// ```
    /// use fanin::{Context, Receiver};
    /// assert!(Context::background().done().same_channel(&Receiver::never()));
    ///
    /// fanin::sim::run(async {
    ///     let second = std::time::Duration::from_secs(1);
    ///     let done = Context::background().with_timeout(second).0.with_cancel().0.done();
    ///     assert_eq!(done.recv().await, None);
    /// });
    /// ```
    pub fn done(&self) -> Receiver<()> {
        self.done_ref().cloned().unwrap_or_else(Receiver::never)
    }

    /// The done channel, for as long as the context.
    pub(crate) fn done_ref(&self) -> Option<&Receiver<()>> {
        self.ending.done()
    }

    /// Why the context ended, once it has.
    ///
    /// ```
    /// let (ctx, cancel) = fanin::Context::background().with_cancel();
    /// assert_eq!(ctx.err(), None);
    /// cancel.cancel();
    /// assert_eq!(ctx.err(), Some(fanin::ContextError::Canceled));
    /// ```
    pub fn err(&self) -> Option<ContextError> {
        self.ending.err()
    }

    /// What the context ended for, once it has: the cause that was given with the first cancel or with the
    /// deadline, here or above, and otherwise [`err`](Self::err).
    ///
    /// ```
    /// use fanin::{Context, ContextError};
    /// let (parent, cancel) = Context::background().with_cancel_cause();
    /// let (ctx, _cancel) = parent.with_cancel();
    /// cancel.cancel("no space left");
    /// assert_eq!(ctx.err(), Some(ContextError::Canceled));
    /// assert_eq!(ctx.cause().unwrap().to_string(), "no space left");
    ///
    /// let (plain, cancel) = Context::background().with_cancel();
    /// cancel.cancel();
    /// assert_eq!(plain.cause().unwrap().downcast_ref(), Some(&ContextError::Canceled));
    /// ```
    pub fn cause(&self) -> Option<Cause> {
        self.ending.cause()
    }

    /// When the context ends at the latest, if a deadline was set for it or an ancestor.
    ///
    /// ```
    /// assert_eq!(fanin::Context::background().deadline(), None);
    /// ```
    pub fn deadline(&self) -> Option<Instant> {
        self.deadline
    }

    /// A context that ends with this one, or when the returned function is called.
    ///
    /// # Panics
    ///
    /// Outside a runtime, if this is or derives from a [context of one's own](Custom) that a task is to watch.
    ///
    /// ```
    /// let parent = fanin::Context::background();
    /// let (ctx, cancel) = parent.with_cancel();
    /// cancel.cancel();
    /// assert!(ctx.err().is_some() && parent.err().is_none());
    /// ```
    ///
    /// There is no context without a parent:
    ///
    /// ```compile_fail,E0599
    /// let parent: Option<fanin::Context> = None;
    /// let (ctx, cancel) = parent.with_cancel();
    /// ```
    #[track_caller]
    pub fn with_cancel(&self) -> (Self, CancelFunc) {
        let (ctx, node) = self.derive(How::WithCancel);
        (ctx, CancelFunc::new(node))
    }

    /// A context that ends with this one, or when the returned function is called, which says why.
    ///
    /// # Panics
    ///
    /// Outside a runtime, if this is or derives from a [context of one's own](Custom) that a task is to watch.
    ///
    /// ```
    /// let (ctx, cancel) = fanin::Context::background().with_cancel_cause();
    /// cancel.cancel("no space left");
    /// assert_eq!(ctx.cause().unwrap().to_string(), "no space left");
    /// ```
    #[track_caller]
    pub fn with_cancel_cause(&self) -> (Self, CancelCauseFunc) {
        let (ctx, node) = self.derive(How::WithCancel);
        (ctx, CancelCauseFunc::new(node))
    }

    #[track_caller]
    fn derive(&self, how: How) -> (Self, Arc<CancelNode>) {
        let node = CancelNode::new(&self.ending, None);
        let ending = Ending::Node(node.clone());
        (Self { ending, deadline: self.deadline, chain: Link::new(self.chain.clone(), how) }, node)
    }

    /// A context that ends at `at` if it has not ended before.
    ///
    /// An earlier deadline of this context stays in force.
    ///
    /// # Panics
    ///
    /// Outside a runtime.
    ///
    /// ```
    /// use fanin::{Context, time::{Instant, now}};
    /// let ended = fanin::sim::run(async {
    ///     let (ctx, _cancel) = Context::background().with_deadline(Instant::from_nanos(50));
    ///     ctx.done().recv().await;
    ///     now()
    /// });
    /// assert_eq!(ended, Instant::from_nanos(50));
    /// ```
    #[track_caller]
    pub fn with_deadline(&self, at: Instant) -> (Self, CancelFunc) {
        self.expiring(at, None)
    }

    /// As [`with_deadline`](Self::with_deadline), and says what the deadline stands for.
    ///
    /// The cause is that of the deadline alone: one who cancels before gives none.
    ///
    /// # Panics
    ///
    /// Outside a runtime.
    ///
    /// ```
    /// use fanin::{Context, ContextError, time::Instant};
    /// fanin::sim::run(async {
    ///     let (ctx, _cancel) = Context::background().with_deadline_cause(Instant::ZERO, "the shop is closed");
    ///     assert_eq!(ctx.err(), Some(ContextError::DeadlineExceeded));
    ///     assert_eq!(ctx.cause().unwrap().to_string(), "the shop is closed");
    /// });
    /// ```
    #[track_caller]
    pub fn with_deadline_cause(
        &self,
        at: Instant,
        why: impl Into<Box<dyn Error + Send + Sync>>,
    ) -> (Self, CancelFunc) {
        self.expiring(at, Some(end::cause(why)))
    }

    #[track_caller]
    fn expiring(&self, at: Instant, why: Option<Cause>) -> (Self, CancelFunc) {
        if self.deadline.is_some_and(|earlier| earlier < at) {
            return self.with_cancel();
        }
        let (mut ctx, node) = self.derive(How::WithDeadline(at));
        ctx.deadline = Some(at);
        node.expire_at(at, why);
        (ctx, CancelFunc::new(node))
    }

    /// A context that ends after `d` if it has not ended before.
    ///
    /// # Panics
    ///
    /// Outside a runtime.
    ///
    /// ```
    /// use std::time::Duration;
    /// let err = fanin::sim::run(async {
    ///     let (ctx, _cancel) = fanin::Context::background().with_timeout(Duration::from_millis(100));
    ///     ctx.done().recv().await;
    ///     ctx.err()
    /// });
    /// assert_eq!(err.unwrap().to_string(), "context deadline exceeded");
    /// ```
    #[track_caller]
    pub fn with_timeout(&self, d: Duration) -> (Self, CancelFunc) {
        self.with_deadline(now() + d)
    }

    /// As [`with_timeout`](Self::with_timeout), and says what the time is for.
    ///
    /// # Panics
    ///
    /// Outside a runtime.
    ///
    /// ```
    /// use std::time::Duration;
    /// let cause = fanin::sim::run(async {
    ///     let second = Duration::from_secs(1);
    ///     let (ctx, _cancel) = fanin::Context::background().with_timeout_cause(second, "no answer for a second");
    ///     ctx.done().recv().await;
    ///     ctx.cause()
    /// });
    /// assert_eq!(cause.unwrap().to_string(), "no answer for a second");
    /// ```
    #[track_caller]
    pub fn with_timeout_cause(
        &self,
        d: Duration,
        why: impl Into<Box<dyn Error + Send + Sync>>,
    ) -> (Self, CancelFunc) {
        self.with_deadline_cause(now() + d, why)
    }

    /// Starts a task once the context has ended, or now if it has; not at all once
    /// [`stop`](StopFunc::stop) was called before. Go's `context.AfterFunc`.
    ///
    /// The task is one of its own: whoever ends the context does not wait for it.
    ///
    /// # Panics
    ///
    /// Outside a runtime.
    ///
    /// ```
    /// use fanin::{Context, chan, sim};
    /// sim::run(async {
    ///     let (ctx, cancel) = Context::background().with_cancel();
    ///     let (tx, rx) = chan(0);
    ///     let stop = ctx.after_func(async move { tx.send("cleaned up").await });
    ///     cancel.cancel();
    ///     assert_eq!(rx.recv().await, Some("cleaned up"));
    ///     assert!(!stop.stop());
    /// });
    /// ```
    #[track_caller]
    pub fn after_func(&self, task: impl Future<Output = ()> + Send + 'static) -> StopFunc {
        let after = After { handle: Handle::current(), site: Site::here(), task: Box::pin(task) };
        StopFunc::new(CancelNode::new(&self.ending, Some(after)))
    }

    /// A context that keeps this one's values, and never ends.
    ///
    /// ```
    /// let (ctx, cancel) = fanin::Context::background().with_value("id", 7).with_cancel();
    /// let detached = ctx.without_cancel();
    /// cancel.cancel();
    /// assert_eq!(detached.err(), None);
    /// assert_eq!(detached.value::<_, i32>(&"id"), Some(&7));
    /// ```
    #[must_use = "gives a new context"]
    pub fn without_cancel(&self) -> Self {
        Self { chain: Link::new(self.chain.clone(), How::WithoutCancel), ..Self::default() }
    }

    /// A context that binds `key` to `value`; keys match on type and value together.
    ///
    /// ```
    /// #[derive(PartialEq)]
    /// struct RequestId;
    /// let ctx = fanin::Context::background().with_value(RequestId, "r-17".to_string());
    /// assert_eq!(ctx.value::<_, String>(&RequestId).unwrap(), "r-17");
    /// ```
    ///
    /// A key is something that can be compared:
    ///
    /// ```compile_fail,E0277
    /// let key = || ();
    /// let ctx = fanin::Context::background().with_value(key, 1);
    /// ```
    #[must_use = "gives a new context"]
    pub fn with_value<K, V>(&self, key: K, value: V) -> Self
    where
        K: PartialEq + Send + Sync + 'static,
        V: Send + Sync + 'static,
    {
        let how = How::WithValue(Binding::new(key, value));
        Self { chain: Link::new(self.chain.clone(), how), ..self.clone() }
    }

    /// The value that the nearest binding gives to `key`, if it is of type `V`.
    ///
    /// ```
    /// let ctx = fanin::Context::background().with_value("id", 7);
    /// assert_eq!(ctx.value(&"id"), Some(&7));
    /// assert_eq!(ctx.value::<_, String>(&"id"), None);
    /// ```
    pub fn value<K: PartialEq + 'static, V: 'static>(&self, key: &K) -> Option<&V> {
        self.chain()?.find(key)?.downcast_ref()
    }

    fn chain(&self) -> Option<&Link> {
        self.chain.as_deref()
    }
}

impl fmt::Display for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.chain() {
            None => f.write_str("context.Background"),
            Some(link) => link.fmt(f),
        }
    }
}

impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Context({self})")
    }
}

/// Why a context ended.
///
/// ```
/// use fanin::ContextError;
/// assert_eq!(ContextError::Canceled.to_string(), "context canceled");
/// assert_eq!(ContextError::DeadlineExceeded.to_string(), "context deadline exceeded");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContextError {
    /// Its cancel function, or that of an ancestor, was called.
    Canceled,
    /// Its deadline passed.
    DeadlineExceeded,
}

impl ContextError {
    /// True if the time ran out, as Go's `Timeout`.
    ///
    /// ```
    /// use fanin::ContextError;
    /// assert!(ContextError::DeadlineExceeded.is_timeout() && !ContextError::Canceled.is_timeout());
    /// ```
    pub fn is_timeout(self) -> bool {
        self == Self::DeadlineExceeded
    }

    /// True if it is worth another try, as Go's `Temporary`: if the time ran out.
    ///
    /// ```
    /// use fanin::ContextError;
    /// assert!(ContextError::DeadlineExceeded.is_temporary() && !ContextError::Canceled.is_temporary());
    /// ```
    pub fn is_temporary(self) -> bool {
        self.is_timeout()
    }

    fn recorded(self) -> probe::Cause {
        match self {
            Self::Canceled => probe::Cause::Canceled,
            Self::DeadlineExceeded => probe::Cause::DeadlineExceeded,
        }
    }
}

impl fmt::Display for ContextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Canceled => "context canceled",
            Self::DeadlineExceeded => "context deadline exceeded",
        })
    }
}

impl Error for ContextError {}
