//! Cancellation: a tree of nodes, each with a done channel.
//!
//! As in Go, a node holds its children until it or they have ended, and a deadline's alarm holds its node: who
//! only kept a done channel hears of the end all the same. A node knows its parent weakly, to be forgotten by it.

use super::ContextError;
use crate::{
    lock::lock,
    probe::{self, Fault, Obj, ObjId, ObjKind, Op, Site, What},
    rt::{
        Handle, TimerId,
        time::{Instant, now},
    },
    sync::{Receiver, Sender, chan},
};
use std::{
    fmt,
    sync::{Arc, Mutex, Weak},
    task::{Wake, Waker},
};

pub(super) struct CancelNode {
    obj: Obj,
    parent: Option<Weak<Self>>,
    close: Sender<()>,
    done: Receiver<()>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    err: Option<ContextError>,
    children: Vec<Arc<CancelNode>>,
    alarm: Option<(Handle, TimerId)>,
}

impl CancelNode {
    #[track_caller]
    pub(super) fn new(parent: Option<Arc<Self>>) -> Arc<Self> {
        let (close, done) = chan(0);
        let obj = Obj::new(Site::here(), || ObjKind::Context {
            parent: parent.as_ref().map_or(ObjId::NIL, |p| p.obj.id()),
            done: done.obj(),
        });
        let up = parent.as_ref().map(Arc::downgrade);
        let node = Arc::new(Self { obj, parent: up, close, done, state: Mutex::default() });
        if let Some(parent) = parent {
            probe::look(parent.obj);
            let mut state = lock(&parent.state);
            match state.err {
                None => state.children.push(node.clone()),
                Some(err) => {
                    drop(state);
                    node.cancel(err);
                }
            }
        }
        node
    }

    pub(super) fn done(&self) -> Receiver<()> {
        self.done.clone()
    }

    pub(super) fn done_ref(&self) -> &Receiver<()> {
        &self.done
    }

    pub(super) fn err(&self) -> Option<ContextError> {
        probe::look(self.obj);
        lock(&self.state).err
    }

    /// Ends this context and those below it, unless it has ended already.
    fn cancel(&self, err: ContextError) {
        let (children, alarm) = {
            let mut state = lock(&self.state);
            if state.err.is_some() {
                return;
            }
            state.err = Some(err);
            (std::mem::take(&mut state.children), state.alarm.take())
        };
        if let Some((handle, id)) = alarm {
            handle.runtime().cancel_timer(id);
        }
        probe::emit(|| What::Cancel { ctx: self.obj.id(), cause: err.cause() });
        self.close.try_close_now();
        for child in children {
            child.cancel(err);
        }
        if let Some(parent) = self.parent.as_ref().and_then(Weak::upgrade) {
            let me: *const Self = self;
            lock(&parent.state).children.retain(|c| !std::ptr::eq(Arc::as_ptr(c), me));
        }
    }

    /// Ends this context at `at`, or now if that has passed.
    pub(super) fn expire_at(self: &Arc<Self>, at: Instant) {
        if at <= now() {
            return self.cancel(ContextError::DeadlineExceeded);
        }
        let mut state = lock(&self.state);
        if state.err.is_none() {
            let handle = Handle::current();
            let waker = Waker::from(Arc::new(Expire(self.clone())));
            let id = handle.runtime().set_timer(at, waker);
            state.alarm = Some((handle, id));
        }
    }
}

impl fmt::Debug for CancelNode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CancelNode").field("err", &lock(&self.state).err).finish_non_exhaustive()
    }
}

/// The alarm of a deadline.
struct Expire(Arc<CancelNode>);

impl Wake for Expire {
    fn wake(self: Arc<Self>) {
        self.0.cancel(ContextError::DeadlineExceeded);
    }
}

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
    #[track_caller]
    pub fn cancel(&self) {
        self.cancel_at(Site::here());
    }

    /// Ends the context as part of another operation.
    pub(crate) fn cancel_now(&self) {
        self.node.cancel(ContextError::Canceled);
    }

    #[track_caller]
    fn cancel_at(&self, site: Site) {
        let node = self.node.clone();
        probe::act(
            site,
            || Op::Cancel { ctx: self.node.obj.id() },
            move || -> Result<(), Fault> {
                node.obj.check("cancel of a context")?;
                node.cancel(ContextError::Canceled);
                Ok(())
            },
        );
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
        CancelOnDrop { cancel: self, site: Site::here().deferred() }
    }
}

/// Ends its context when dropped; made by [`CancelFunc::on_drop`].
#[derive(Debug)]
pub struct CancelOnDrop {
    cancel: CancelFunc,
    site: Site,
}

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        self.cancel.cancel_at(self.site);
    }
}
