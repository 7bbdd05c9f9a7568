//! Contexts: cancellation, deadlines and values that are handed down, as Go's package `context`.

mod cancel;
mod value;

pub use cancel::{CancelFunc, CancelOnDrop};

use crate::{
    probe::Cause,
    rt::time::{Instant, now},
    sync::Receiver,
};
use cancel::CancelNode;
use std::{fmt, sync::Arc, time::Duration};
use value::ValueNode;

/// Carries a cancellation, a deadline and values to the tasks that work for one purpose.
///
/// Cheap to clone; clones are the same context.
///
/// ```
/// use fanin::{Context, select};
/// fanin::sim::run(async {
///     let (ctx, cancel) = Context::background().with_cancel();
///     fanin::go(async move { cancel.cancel() });
///     select! {
///         _ = ctx.done().recv() => {},
///     }
///     assert_eq!(ctx.err().unwrap().to_string(), "context canceled");
/// });
/// ```
#[derive(Clone, Debug, Default)]
pub struct Context {
    /// The nearest ancestor, or this one, that can end.
    cancel: Option<Arc<CancelNode>>,
    deadline: Option<Instant>,
    values: Option<Arc<ValueNode>>,
}

impl Context {
    /// The root of all contexts: never cancelled, without deadline and values.
    pub fn background() -> Self {
        Self::default()
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
        self.cancel.as_ref().map_or_else(Receiver::never, |c| c.done())
    }

    /// The done channel, for as long as the context.
    pub(crate) fn done_ref(&self) -> Option<&Receiver<()>> {
        self.cancel.as_ref().map(|c| c.done_ref())
    }

    /// Why the context ended, once it has.
    pub fn err(&self) -> Option<ContextError> {
        self.cancel.as_ref()?.err()
    }

    /// When the context ends at the latest, if a deadline was set for it or an ancestor.
    pub fn deadline(&self) -> Option<Instant> {
        self.deadline
    }

    /// A context that ends with this one, or when the returned function is called.
    ///
    /// ```
    /// let parent = fanin::Context::background();
    /// let (ctx, cancel) = parent.with_cancel();
    /// cancel.cancel();
    /// assert!(ctx.err().is_some() && parent.err().is_none());
    /// ```
    #[track_caller]
    pub fn with_cancel(&self) -> (Self, CancelFunc) {
        let node = CancelNode::new(self.cancel.clone());
        let ctx = Self { cancel: Some(node.clone()), ..self.clone() };
        (ctx, CancelFunc::new(node))
    }

    /// A context that ends at `at` if it has not ended before.
    ///
    /// An earlier deadline of this context stays in force.
    ///
    /// # Panics
    ///
    /// Outside a runtime.
    #[track_caller]
    pub fn with_deadline(&self, at: Instant) -> (Self, CancelFunc) {
        let (mut ctx, cancel) = self.with_cancel();
        if self.deadline.is_none_or(|earlier| at < earlier) {
            ctx.deadline = Some(at);
            if let Some(node) = &ctx.cancel {
                node.expire_at(at);
            }
        }
        (ctx, cancel)
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
        Self { values: self.values.clone(), ..Self::default() }
    }

    /// A context that binds `key` to `value`; keys match on type and value together.
    ///
    /// ```
    /// #[derive(PartialEq)]
    /// struct RequestId;
    /// let ctx = fanin::Context::background().with_value(RequestId, "r-17".to_string());
    /// assert_eq!(ctx.value::<_, String>(&RequestId).unwrap(), "r-17");
    /// ```
    #[must_use = "gives a new context"]
    pub fn with_value<K, V>(&self, key: K, value: V) -> Self
    where
        K: PartialEq + Send + Sync + 'static,
        V: Send + Sync + 'static,
    {
        let node = ValueNode::new(self.values.clone(), key, value);
        Self { values: Some(Arc::new(node)), ..self.clone() }
    }

    /// The value that the nearest binding gives to `key`, if it is of type `V`.
    pub fn value<K: PartialEq + 'static, V: 'static>(&self, key: &K) -> Option<&V> {
        self.values.as_deref()?.find(key)?.downcast_ref()
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
    fn cause(self) -> Cause {
        match self {
            Self::Canceled => Cause::Canceled,
            Self::DeadlineExceeded => Cause::DeadlineExceeded,
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

impl std::error::Error for ContextError {}
