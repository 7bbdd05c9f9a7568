//! The functions that end a context, or keep it from starting something at its end.

use super::{
    ContextError,
    cancel::CancelNode,
    end::{Reason, cause},
};
use crate::probe::{Deferrable, Site};
use std::{error::Error, sync::Arc};

/// Ends a context, as Go's `CancelFunc`. Only the first call counts.
///
/// ```
/// let (ctx, cancel) = fanin::Context::background().with_cancel();
/// cancel.cancel();
/// cancel.cancel();
/// assert_eq!(ctx.err(), Some(fanin::ContextError::Canceled));
/// ```
#[derive(Clone, Debug)]
#[must_use = "a context that is never cancelled keeps what works for it"]
pub struct CancelFunc {
    node: Arc<CancelNode>,
}

impl CancelFunc {
    pub(super) fn new(node: Arc<CancelNode>) -> Self {
        Self { node }
    }

    /// Ends the context and those derived from it.
    ///
    /// ```
    /// let (ctx, cancel) = fanin::Context::background().with_cancel();
    /// let (child, _cancel_child) = ctx.with_cancel();
    /// cancel.cancel();
    /// assert!(child.err().is_some());
    /// ```
    #[track_caller]
    pub fn cancel(&self) {
        self.node.cancel_at(Site::here(), None);
    }

    /// Ends the context when the guard is dropped, as Go's `defer cancel()`.
    ///
    /// ```
    /// let (ctx, cancel) = fanin::Context::background().with_cancel();
    /// drop(cancel.on_drop());
    /// assert!(ctx.err().is_some());
    /// ```
    #[must_use = "cancelled when the guard is dropped"]
    #[track_caller]
    pub fn on_drop(self) -> CancelOnDrop {
        CancelOnDrop { node: self.node, site: Site::here().deferred() }
    }
}

/// Ends a context and says why, as Go's `CancelCauseFunc`. Only the first call counts.
///
/// ```
/// let (ctx, cancel) = fanin::Context::background().with_cancel_cause();
/// cancel.cancel("the disk is full");
/// cancel.cancel("too late");
/// assert_eq!(ctx.err(), Some(fanin::ContextError::Canceled));
/// assert_eq!(ctx.cause().unwrap().to_string(), "the disk is full");
/// ```
#[derive(Clone, Debug)]
#[must_use = "a context that is never cancelled keeps what works for it"]
pub struct CancelCauseFunc {
    node: Arc<CancelNode>,
}

impl CancelCauseFunc {
    pub(super) fn new(node: Arc<CancelNode>) -> Self {
        Self { node }
    }

    /// Ends the context and those derived from it, for this cause: an error, or a text.
    ///
    /// ```
    /// let (ctx, cancel) = fanin::Context::background().with_cancel_cause();
    /// cancel.cancel(std::fmt::Error);
    /// assert!(ctx.cause().unwrap().is::<std::fmt::Error>());
    /// ```
    #[track_caller]
    pub fn cancel(&self, why: impl Into<Box<dyn Error + Send + Sync>>) {
        self.node.cancel_at(Site::here(), Some(cause(why)));
    }

    /// Ends the context and those derived from it without a cause of its own, as Go's `cancel(nil)`.
    ///
    /// ```
    /// let (ctx, cancel) = fanin::Context::background().with_cancel_cause();
    /// cancel.cancel_without_cause();
    /// assert_eq!(ctx.cause().unwrap().to_string(), "context canceled");
    /// ```
    #[track_caller]
    pub fn cancel_without_cause(&self) {
        self.cancel_at(Site::here());
    }

    #[track_caller]
    pub(crate) fn cancel_at(&self, site: Site) {
        self.node.cancel_at(site, None);
    }

    /// Ends the context as part of another operation.
    pub(crate) fn cancel_now(&self, why: Box<dyn Error + Send + Sync>) {
        self.node.end(Reason { err: ContextError::Canceled, cause: Some(cause(why)) });
    }

    /// Ends the context without a cause of its own when the guard is dropped, as Go's `defer cancel(nil)`.
    ///
    /// ```
    /// let (ctx, cancel) = fanin::Context::background().with_cancel_cause();
    /// drop(cancel.on_drop());
    /// assert_eq!(ctx.cause().unwrap().to_string(), "context canceled");
    /// ```
    #[must_use = "cancelled when the guard is dropped"]
    #[track_caller]
    pub fn on_drop(self) -> CancelOnDrop {
        self.on_drop_at(Site::here())
    }

    pub(crate) fn on_drop_at(self, site: Site) -> CancelOnDrop {
        CancelOnDrop { node: self.node, site: site.deferred() }
    }
}

/// Ends its context when dropped; made by [`CancelFunc::on_drop`] and [`CancelCauseFunc::on_drop`].
#[derive(Debug)]
pub struct CancelOnDrop {
    node: Arc<CancelNode>,
    site: Deferrable,
}

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        self.node.cancel_at(self.site, None);
    }
}

/// Keeps a task from being started at the end of a context; returned by
/// [`Context::after_func`](super::Context::after_func).
///
/// Dropped, it changes nothing.
#[derive(Clone, Debug)]
pub struct StopFunc {
    node: Arc<CancelNode>,
}

impl StopFunc {
    pub(super) fn new(node: Arc<CancelNode>) -> Self {
        Self { node }
    }

    /// True if this call was what prevented the task, which then never starts; false once it has been started
    /// or stopped. It does not wait for a task that runs.
    ///
    /// ```
    /// let ctx = fanin::Context::background();
    /// fanin::sim::run(async move {
    ///     let stop = ctx.after_func(async {});
    ///     assert!(stop.stop());
    ///     assert!(!stop.stop());
    /// });
    /// ```
    pub fn stop(&self) -> bool {
        self.node.stop()
    }
}
