//! Select: one of several operations, whichever can be done first.

mod dynamic;
mod list;
mod macros;
mod open;

pub use dynamic::Selector;
pub use list::{Cases, End, More, Of, cases};

use super::{case::Attempt, claim::Claim};
use crate::{
    probe::{self, CaseOp, ObjId, Op, Point, Run, Site, What},
    rt,
};
use open::Open;
use std::{
    fmt,
    future::Future,
    pin::Pin,
    task::{Context, Poll, ready},
};

/// A select over a list of cases; [`select!`](crate::select!) makes it.
///
/// Among the cases that are ready the runtime chooses, uniformly. If none is, it waits in all of them and
/// commits to the first that a peer completes, in that peer's step.
///
/// # Cancel safety
///
/// Dropped before it is ready, it has done none of its operations: a value that was handed over to it
/// goes to the next receiver.
#[must_use = "futures do nothing unless awaited"]
pub struct Select<L: Cases> {
    cases: L,
    default: bool,
    claim: Option<Claim>,
    point: Point,
    site: Site,
}

/// The case that a select took: its result, or the default.
#[derive(Debug)]
pub enum Chosen<T> {
    /// A case, with its result.
    Case(T),
    /// None was ready, and there is a default.
    Default,
}

impl<L: Cases> Select<L> {
    /// A select that waits for one of `cases`, or takes the default at once if it has one.
    ///
    /// ```
    /// use fanin::{chan, sync::select::{Chosen, End, More, Of, Select}};
    /// fanin::sim::run(async {
    ///     let (tx, rx) = chan(1);
    ///     tx.send(7).await;
    ///     let select = Select::new(More::new(rx.recv(), End), false);
    ///     assert!(matches!(select.await, Chosen::Case(Of::Here(Some(7)))));
    /// });
    /// ```
    #[track_caller]
    pub fn new(cases: L, default: bool) -> Self {
        Self::at(Site::here(), cases, default)
    }

    /// A select on behalf of the caller at `site`.
    pub(crate) fn at(site: Site, cases: L, default: bool) -> Self {
        Self { cases, default, claim: None, point: Point::default(), site }
    }

    fn op(&self) -> Op {
        let cases = (0..self.cases.count()).map(|i| self.cases.op(i)).collect();
        Op::Select { cases, default: self.default }
    }

    /// True if each choice is recorded, or there are more cases than a set of them holds.
    #[inline]
    fn chooses_slowly(&self) -> bool {
        probe::watched() || self.cases.count() > Open::MOST
    }

    /// Goes on where no case was found ready, or none was looked for.
    #[cfg_attr(not(target_arch = "wasm32"), inline(never))]
    fn go_on(&mut self, cx: &Context<'_>) -> Poll<Chosen<L::Output>> {
        if let Some(claim) = self.claim {
            return self.resume(claim, cx);
        }
        if self.chooses_slowly() {
            ready!(self.pass(cx));
            match self.choose_ready() {
                Attempt::Not => {}
                outcome => return settle(outcome),
            }
        }
        self.wait(cx)
    }

    /// Chooses among those that are ready.
    #[cold]
    fn choose_ready(&mut self) -> Attempt<L::Output> {
        if let Err(fault) = self.cases.check(Run::current()) {
            return Attempt::Fault(fault);
        }
        loop {
            let count = self.cases.count();
            let ready = (0..count).filter(|&i| self.cases.ready(i)).count() as u32;
            if ready == 0 {
                return Attempt::Not;
            }
            let pick = rt::choose(ready) as usize;
            let Some(case) = (0..count).filter(|&i| self.cases.ready(i)).nth(pick) else { continue };
            probe::emit(|| What::Chosen { case, ready });
            match self.cases.attempt(case) {
                // Another thread was faster.
                Attempt::Not => {}
                outcome => return outcome,
            }
        }
    }

    /// The same by looks that take no lock: chooses among those that may be ready, until one is.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn try_ready(&mut self) -> Attempt<L::Output> {
        let mut open = match self.cases.may_be_ready(Run::current()) {
            Ok(open) => open,
            Err(fault) => return Attempt::Fault(fault),
        };
        while let Some(case) = open.choose(self.cases.count()) {
            match self.cases.attempt(case) {
                Attempt::Not => open.remove(case),
                outcome => return outcome,
            }
        }
        Attempt::Not
    }

    /// None was ready.
    fn wait(&mut self, cx: &Context<'_>) -> Poll<Chosen<L::Output>> {
        if self.default {
            probe::emit(|| What::Default);
            return Poll::Ready(Chosen::Default);
        }
        let claim = Claim::new(cx.waker());
        self.claim = Some(claim);
        if self.park(claim) {
            probe::park(self.site, false, || self.op());
        } else {
            // Another thread has just made one ready, or has completed one: that shows at the next poll.
            self.begin_again(claim);
            cx.waker().wake_by_ref();
        }
        Poll::Pending
    }

    /// Goes on after a wait.
    fn resume(&mut self, claim: Claim, cx: &Context<'_>) -> Poll<Chosen<L::Output>> {
        let Some(case) = claim.taken().or_else(|| claim.wait_on(cx.waker())) else {
            probe::park(self.site, true, || self.op());
            return Poll::Pending;
        };
        let outcome = self.cases.finish(case, claim);
        self.leave(claim);
        probe::emit(|| What::Chosen { case, ready: 0 });
        settle(outcome)
    }

    /// Waits in all cases; false if one has become ready meanwhile.
    fn park(&mut self, claim: Claim) -> bool {
        // Elsewhere than in a simulator nobody asks for the other orders.
        let order = probe::watched().then(|| self.waiting_order());
        // Where size counts, one code does for both.
        if order.is_none() && cfg!(not(target_arch = "wasm32")) {
            return self.cases.park_all(claim, 0);
        }
        (0..self.cases.count()).all(|i| {
            let case = order.as_ref().map_or(i, |order| order[i as usize]);
            self.cases.park(case, claim, case)
        })
    }

    /// All cases; of several on one side of a channel any may be the first, as in Go.
    fn waiting_order(&self) -> Vec<u32> {
        let mut order: Vec<u32> = (0..self.cases.count()).collect();
        for i in 0..order.len() {
            let op = self.cases.op(order[i]);
            let beside = |j: &usize| waits_beside(&op, &self.cases.op(order[*j]));
            let same: Vec<usize> = (i..order.len()).filter(beside).collect();
            if same.len() > 1 {
                order.swap(i, same[rt::choose(same.len() as u32) as usize]);
            }
        }
        order
    }

    /// Ready once the scheduler has chosen it.
    #[cold]
    fn pass(&mut self, cx: &Context<'_>) -> Poll<()> {
        let mut point = self.point;
        let passed = point.pass(cx, self.site, || self.op());
        self.point = point;
        passed
    }

    /// Waits no more, unless a peer has completed a case.
    #[cold]
    fn begin_again(&mut self, claim: Claim) {
        if claim.close().is_none() {
            self.leave(claim);
        }
    }

    /// Waits no more; what a peer had handed over is handed on.
    #[inline(never)]
    fn unpark(&mut self, claim: Claim) {
        if let Some(case) = claim.close() {
            self.cases.unpark(case, claim);
        }
        self.leave(claim);
    }

    /// Waits no more in cases that no peer can take.
    #[cfg_attr(not(target_arch = "wasm32"), inline)]
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    fn leave(&mut self, claim: Claim) {
        self.claim = None;
        self.cases.leave_all();
        claim.release();
    }
}

/// True if the two are known to wait in one queue.
fn waits_beside(a: &CaseOp, b: &CaseOp) -> bool {
    match (a, b) {
        (CaseOp::Send { ch: a, .. }, CaseOp::Send { ch: b, .. })
        | (CaseOp::Recv { ch: a }, CaseOp::Recv { ch: b }) => a == b && *a != ObjId::NIL,
        _ => false,
    }
}

fn settle<T>(attempt: Attempt<T>) -> Poll<Chosen<T>> {
    match attempt {
        Attempt::Done(value) => Poll::Ready(Chosen::Case(value)),
        Attempt::Not => Poll::Pending,
        Attempt::Fault(fault) => probe::raise(fault),
    }
}

impl<L: Cases + Unpin> Future for Select<L> {
    type Output = Chosen<L::Output>;

    // Within the caller, which then goes on at once in the arm of the case that was ready.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        if this.claim.is_none() && !this.chooses_slowly() {
            match this.try_ready() {
                Attempt::Not => {}
                outcome => return settle(outcome),
            }
        }
        this.go_on(cx)
    }
}

impl<L: Cases> Drop for Select<L> {
    // One call and no branch, so that the caller goes on in the arm of the case at once.
    #[inline(never)]
    fn drop(&mut self) {
        if let Some(claim) = self.claim {
            self.unpark(claim);
        }
    }
}

impl<L: Cases> fmt::Debug for Select<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Select").field("cases", &self.cases.count()).finish_non_exhaustive()
    }
}
