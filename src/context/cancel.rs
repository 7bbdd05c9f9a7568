//! Cancellation: a tree of nodes, each with a done channel.
//!
//! As in Go, a node holds its children until it or they have ended, and a deadline's alarm holds its node: who
//! only kept a done channel hears of the end all the same. A node knows its parent weakly, to be forgotten by it.

use super::{
    Cause, ContextError,
    custom::Unregister,
    end::{Ending, Reason},
};
use crate::{
    lock::{Mutex, lock},
    probe::{self, Deferrable, Fault, Obj, ObjId, ObjKind, Op, Site, What},
    rt::{
        Handle, TimerId, go_at,
        time::{Instant, now},
    },
    sync::{Receiver, Sender, chan, waiter::Wake},
};
use futures::future::BoxFuture;
use std::{
    collections::BTreeMap,
    fmt, mem,
    sync::{Arc, OnceLock, Weak},
    task::{self, Waker},
};

pub(super) struct CancelNode {
    obj: Obj,
    /// Once it is a child: of whom, and its number there.
    parent: OnceLock<(Weak<Self>, u64)>,
    close: Sender<()>,
    done: Receiver<()>,
    state: Mutex<State>,
}

/// Numbered in the order of their making, in which they end.
type Children = BTreeMap<u64, Arc<CancelNode>>;

#[derive(Default)]
struct State {
    reason: Option<Reason>,
    children: Children,
    /// How many there have been.
    born: u64,
    alarm: Option<(Handle, TimerId)>,
    unregister: Option<Unregister>,
    after: Option<After>,
}

/// What is left to be done when a context ends.
enum Rest {
    Child(Arc<CancelNode>),
    Unregister(Unregister),
}

/// A task to start at the end.
pub(super) struct After {
    pub(super) handle: Handle,
    pub(super) site: Site,
    pub(super) task: BoxFuture<'static, ()>,
}

impl After {
    fn start(self, obj: Obj) {
        let _entered = self.handle.enter();
        go_at(self.site, async move {
            // Who asked for it comes before it, not only who ends the context.
            probe::emit(|| What::Look { obj: obj.id() });
            self.task.await;
        });
    }
}

impl CancelNode {
    #[track_caller]
    pub(super) fn new(parent: &Ending, after: Option<After>) -> Arc<Self> {
        let site = Site::here();
        let (close, done) = chan(0);
        let obj = Obj::new(site, || ObjKind::Context {
            parent: parent.node().map_or(ObjId::NIL, |p| p.obj.id()),
            done: done.obj(),
            after_func: after.is_some(),
        });
        if after.is_some() {
            probe::follow(move || probe::emit(|| What::Arm { timer: obj.id() }));
        }
        let state = Mutex::new(State { after, ..State::default() });
        let node = Arc::new(Self { obj, parent: OnceLock::new(), close, done, state });
        parent.attach(&node, site);
        node
    }

    pub(super) fn id(&self) -> ObjId {
        self.obj.id()
    }

    pub(super) fn done(&self) -> &Receiver<()> {
        &self.done
    }

    /// Why the context ended, once it has.
    pub(super) fn reason(&self) -> Option<Reason> {
        probe::look(self.obj);
        lock(&self.state).reason.clone()
    }

    /// Ends `child` when this ends, or now if it has.
    pub(super) fn adopt(self: &Arc<Self>, child: &Arc<Self>) {
        probe::look(self.obj);
        let mut state = lock(&self.state);
        if let Some(reason) = state.reason.clone() {
            drop(state);
            return child.end(reason);
        }
        let number = state.born;
        state.born += 1;
        child.parent.set((Arc::downgrade(self), number)).expect("a context has one parent");
        state.children.insert(number, child.clone());
    }

    /// Calls `unregister` at the end, or now if it has come.
    pub(super) fn unregister_at_end(&self, unregister: Unregister) {
        let mut state = lock(&self.state);
        if state.reason.is_none() {
            state.unregister = Some(unregister);
            return;
        }
        drop(state);
        unregister();
    }

    /// Ends this context and those below it, unless it has ended already.
    pub(super) fn end(&self, reason: Reason) {
        let Some((children, unregister)) = self.end_alone(&reason) else { return };
        // What is still to be done, the next of it last: a long chain of contexts must not recurse.
        let mut rest: Vec<_> = children.into_values().rev().map(Rest::Child).collect();
        while let Some(next) = rest.pop() {
            match next {
                Rest::Child(child) => {
                    let Some((children, unregister)) = child.end_alone(&reason) else { continue };
                    rest.extend(unregister.map(Rest::Unregister));
                    rest.extend(children.into_values().rev().map(Rest::Child));
                }
                Rest::Unregister(unregister) => {
                    unregister();
                }
            }
        }
        self.leave();
        if let Some(unregister) = unregister {
            unregister();
        }
    }

    /// Ends this context without those below it, which it gives, with what is to be called after they have ended.
    fn end_alone(&self, reason: &Reason) -> Option<(Children, Option<Unregister>)> {
        let (State { children, alarm, unregister, after, .. }, wakes) = {
            let mut state = lock(&self.state);
            if state.reason.is_some() {
                return None;
            }
            let ended = State { reason: Some(reason.clone()), ..State::default() };
            probe::emit(|| What::Cancel { ctx: self.obj.id(), cause: reason.err.recorded() });
            // Under the lock: who sees the error finds done closed, and the other way round.
            (mem::replace(&mut *state, ended), self.close.shut())
        };
        wakes.into_iter().for_each(Wake::fire);
        if let Some((handle, id)) = alarm {
            handle.runtime().cancel_timer(id);
        }
        if let Some(after) = after {
            after.start(self.obj);
        }
        Some((children, unregister))
    }

    /// Its parent forgets it.
    fn leave(&self) {
        let Some((parent, number)) = self.parent.get() else { return };
        let Some(parent) = parent.upgrade() else { return };
        let child = lock(&parent.state).children.remove(number);
        if child.is_some() {
            // Had the parent ended first, it would have ended this one.
            probe::emit(|| What::Look { obj: parent.obj.id() });
        }
    }

    /// Ends this context as a step of its own.
    #[track_caller]
    pub(super) fn cancel_at(self: &Arc<Self>, site: impl Into<Deferrable>, cause: Option<Cause>) {
        let node = self.clone();
        probe::act(
            site,
            || Op::Cancel { ctx: self.obj.id() },
            move || -> Result<(), Fault> {
                node.obj.check("cancel of a context")?;
                node.end(Reason { err: ContextError::Canceled, cause });
                Ok(())
            },
        );
    }

    /// Ends this context at `at`, or now if that has passed.
    pub(super) fn expire_at(self: &Arc<Self>, at: Instant, cause: Option<Cause>) {
        let reason = Reason { err: ContextError::DeadlineExceeded, cause };
        if at <= now() {
            return self.end(reason);
        }
        let obj = self.obj;
        probe::follow(move || probe::emit(|| What::Arm { timer: obj.id() }));
        let mut state = lock(&self.state);
        if state.reason.is_none() {
            let handle = Handle::current();
            let waker = Waker::from(Arc::new(Expire(self.clone(), reason)));
            let id = handle.runtime().set_timer(at, waker);
            state.alarm = Some((handle, id));
        }
    }

    /// Keeps the task from being started at the end; false if it was, or was kept from it before.
    pub(super) fn stop(&self) -> bool {
        probe::look(self.obj);
        // Dropped without the lock: it may hold anything.
        let after = lock(&self.state).after.take();
        if after.is_some() {
            self.end(Reason::new(ContextError::Canceled));
        }
        after.is_some()
    }
}

/// Child by child: the drop of a long chain must not recurse.
impl Drop for CancelNode {
    fn drop(&mut self) {
        let children = |node: &Self| mem::take(&mut lock(&node.state).children).into_values().rev();
        let mut below: Vec<_> = children(self).collect();
        while let Some(child) = below.pop() {
            if let Some(child) = Arc::into_inner(child) {
                below.extend(children(&child));
            }
        }
    }
}

impl fmt::Debug for CancelNode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CancelNode").field("reason", &lock(&self.state).reason).finish_non_exhaustive()
    }
}

/// The alarm of a deadline.
struct Expire(Arc<CancelNode>, Reason);

impl task::Wake for Expire {
    fn wake(self: Arc<Self>) {
        self.0.end(self.1.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root() -> (Ending, Arc<CancelNode>) {
        let node = CancelNode::new(&Ending::Never, None);
        (Ending::Node(node.clone()), node)
    }

    fn children(node: &CancelNode) -> usize {
        lock(&node.state).children.len()
    }

    #[test]
    fn ctx_10_a_node_forgets_the_children_that_have_ended() {
        let (ending, node) = root();
        let child = CancelNode::new(&ending, None);
        let other = CancelNode::new(&ending, None);
        assert_eq!(children(&node), 2);
        child.end(Reason::new(ContextError::DeadlineExceeded));
        assert_eq!(children(&node), 1);
        node.end(Reason::new(ContextError::Canceled));
        assert_eq!(children(&node), 0);
        let errs = [&child, &other].map(|n| lock(&n.state).reason.as_ref().map(|r| r.err));
        assert_eq!(errs, [Some(ContextError::DeadlineExceeded), Some(ContextError::Canceled)]);
        assert_eq!((Arc::strong_count(&child), Arc::strong_count(&other)), (1, 1));
    }

    /// A chain of more nodes than the stack has room for, each the child of the one before: the first and the last.
    fn chain() -> [Arc<CancelNode>; 2] {
        let (mut ending, first) = root();
        let mut last = first.clone();
        for _ in 0..100_000 {
            last = CancelNode::new(&ending, None);
            ending = Ending::Node(last.clone());
        }
        [first, last]
    }

    #[test]
    fn a_long_chain_ends_as_a_whole() {
        let [first, last] = chain();
        first.end(Reason::new(ContextError::Canceled));
        assert!(lock(&last.state).reason.is_some());
        assert_eq!(Arc::strong_count(&last), 1);
    }

    #[test]
    fn a_long_chain_is_dropped_as_a_whole() {
        let [first, last] = chain();
        let last = Arc::downgrade(&{ last });
        drop(first);
        assert!(last.upgrade().is_none());
    }

    #[test]
    fn a_child_of_an_ended_node_is_not_kept() {
        let (ending, node) = root();
        node.end(Reason::new(ContextError::Canceled));
        let child = CancelNode::new(&ending, None);
        assert!(lock(&child.state).reason.is_some());
        assert_eq!(children(&node), 0);
    }
}
