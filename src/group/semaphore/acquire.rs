//! Waiting for units, or for the end of a context.

use super::Inner;
use crate::{
    context::{Context, ContextError},
    lock::lock,
    probe::{self, ObjId, Op, Point, Site, Who},
    sync::{
        Receiver,
        case::{Arm, Case},
        chan::RecvArm,
        claim::Claim,
        waiter::{Key, Party},
    },
};
use std::{
    fmt,
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{self, Poll, ready},
};

const GRANTED: u32 = 0;
const CANCELLED: u32 = 1;

/// Returned by [`Semaphore::acquire`](super::Semaphore::acquire).
#[must_use = "futures do nothing unless awaited"]
pub struct Acquire<'a> {
    semaphore: Arc<Inner>,
    ctx: &'a Context,
    n: u32,
    wait: Option<Wait<'a>>,
    point: Point,
    site: Site,
}

/// A wait in two queues, which ends in the one that is faster.
struct Wait<'a> {
    claim: Claim,
    key: Option<Key>,
    /// Unless there was nothing to wait for.
    done: Option<RecvArm<'a, ()>>,
}

impl<'a> Acquire<'a> {
    pub(super) fn new(semaphore: Arc<Inner>, ctx: &'a Context, n: u32, site: Site) -> Self {
        Self { semaphore, ctx, n, wait: None, point: Point::default(), site }
    }

    fn op(&self) -> Op {
        let done = self.ctx.done_ref().map_or(ObjId::NIL, Receiver::obj);
        Op::Acquire { sema: self.semaphore.obj.id(), units: self.n.into(), done }
    }

    /// Takes the units or gives up, or else waits for either.
    fn attempt(&mut self, cx: &task::Context<'_>) -> Poll<Result<(), ContextError>> {
        if let Some(err) = self.ctx.err() {
            return Poll::Ready(Err(err));
        }
        // Both under one lock: units that are given back in between would find nobody.
        let mut state = lock(&self.semaphore.state);
        if let Some(held) = state.take(self.n) {
            drop(state);
            self.semaphore.tell(self.n.into(), held, Who::current().id());
            return Poll::Ready(Ok(()));
        }
        let claim = Claim::new(cx.waker());
        let key = state.park(self.n, Party::Select(claim, GRANTED));
        drop(state);
        let mut done = self.ctx.done_ref().map(|done| done.recv().arm());
        if done.take_if(|done| !done.park(claim, CANCELLED)).is_some() && claim.take(CANCELLED) {
            // Another thread ended the context meanwhile, and that claimed this wait.
            cx.waker().wake_by_ref();
        }
        self.wait = Some(Wait { claim, key, done });
        probe::park(self.site, false, || self.op());
        Poll::Pending
    }

    /// Ends the wait; tells whether the units had been given.
    fn leave(&mut self) -> bool {
        let Some(Wait { claim, key, mut done }) = self.wait.take() else { return false };
        let taken = claim.close();
        if let Some(done) = &mut done
            && taken == Some(CANCELLED)
        {
            done.unpark(claim);
        }
        let mut old = None;
        let mut state = lock(&self.semaphore.state);
        let given = key.is_some_and(|key| state.leave(key, &mut old));
        // Those behind it may fit now.
        let granted = state.grant();
        drop(state);
        claim.release();
        self.semaphore.granted(granted);
        given
    }
}

impl Future for Acquire<'_> {
    type Output = Result<(), ContextError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut task::Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        if let Some(wait) = &this.wait {
            let Some(case) = wait.claim.taken().or_else(|| wait.claim.wait_on(cx.waker())) else {
                probe::park(this.site, true, || this.op());
                return Poll::Pending;
            };
            this.leave();
            let ended = || this.ctx.err().unwrap_or(ContextError::Canceled);
            return Poll::Ready(if case == GRANTED { Ok(()) } else { Err(ended()) });
        }
        let mut point = this.point;
        let passed = point.pass(cx, this.site, || this.op());
        this.point = point;
        ready!(passed);
        if let Err(fault) = this.semaphore.check() {
            return probe::raise(fault);
        }
        this.attempt(cx)
    }
}

impl Drop for Acquire<'_> {
    fn drop(&mut self) {
        if self.leave() {
            let _held = self.semaphore.release(self.n);
        }
    }
}

impl fmt::Debug for Acquire<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Acquire").field("n", &self.n).finish_non_exhaustive()
    }
}
