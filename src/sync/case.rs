//! What a select chooses among, and how a single such operation is awaited.

use super::claim::Claim;
use crate::probe::{self, CaseOp, Fault, Op, Point, Run, Site};
use std::task::{Context, Poll, Waker, ready};

/// An operation that can be a case of [`select!`](crate::select!): a send, a receive, a timer.
///
/// `Option<C>` is a case too: `None` is switched off, as a nil channel in Go.
///
/// The methods are the protocol between a select and its cases, and no part of the API.
pub trait Case {
    /// What the operation gives.
    type Output;

    /// What the recording calls it.
    #[doc(hidden)]
    fn op(&self) -> CaseOp;

    /// A fault if the object belongs to another run than this one.
    #[doc(hidden)]
    fn check(&self, run: Run) -> Result<(), Fault>;

    /// True if the operation can be done now.
    #[doc(hidden)]
    fn ready(&self) -> bool;

    /// False only if the operation cannot be done now: a look that takes no lock.
    #[doc(hidden)]
    fn may_be_ready(&self) -> bool {
        self.ready()
    }

    /// Does the operation, or else waits in it if told whom to wake.
    #[doc(hidden)]
    fn attempt(&mut self, or_park: Option<&Waker>) -> Attempt<Self::Output>;

    /// Waits in the operation as this case of a select; false if it can be done now instead.
    #[doc(hidden)]
    fn park(&mut self, claim: Claim, case: u32) -> bool;

    /// The result once a peer has completed the operation that waits.
    #[doc(hidden)]
    fn finish(&mut self, waker: &Waker) -> Attempt<Self::Output>;

    /// Stops waiting; what a peer had already handed over is handed on.
    #[doc(hidden)]
    fn unpark(&mut self);

    /// Stops waiting as a case of a select that no peer has taken, nor can take any more.
    #[doc(hidden)]
    fn leave(&mut self) {
        self.unpark();
    }
}

/// The outcome of trying an operation.
#[doc(hidden)]
#[derive(Debug)]
pub enum Attempt<T> {
    /// Done, with this result.
    Done(T),
    /// Not possible now.
    Not,
    /// It faults.
    Fault(Fault),
}

impl<T> Attempt<T> {
    #[inline]
    pub(crate) fn map<U>(self, f: impl FnOnce(T) -> Attempt<U>) -> Attempt<U> {
        match self {
            Self::Done(value) => f(value),
            Self::Not => Attempt::Not,
            Self::Fault(fault) => Attempt::Fault(fault),
        }
    }
}

impl<C: Case> Case for Option<C> {
    type Output = C::Output;

    fn op(&self) -> CaseOp {
        self.as_ref().map_or(CaseOp::Off, C::op)
    }
    fn check(&self, run: Run) -> Result<(), Fault> {
        self.as_ref().map_or(Ok(()), |c| c.check(run))
    }
    fn ready(&self) -> bool {
        self.as_ref().is_some_and(C::ready)
    }
    fn may_be_ready(&self) -> bool {
        self.as_ref().is_some_and(C::may_be_ready)
    }
    fn attempt(&mut self, or_park: Option<&Waker>) -> Attempt<C::Output> {
        self.as_mut().map_or(Attempt::Not, |c| c.attempt(or_park))
    }
    fn park(&mut self, claim: Claim, case: u32) -> bool {
        self.as_mut().is_none_or(|c| c.park(claim, case))
    }
    fn finish(&mut self, waker: &Waker) -> Attempt<C::Output> {
        self.as_mut().map_or(Attempt::Not, |c| c.finish(waker))
    }
    fn unpark(&mut self) {
        if let Some(c) = self {
            c.unpark();
        }
    }
    fn leave(&mut self) {
        if let Some(c) = self {
            c.leave();
        }
    }
}

/// The progress of a single operation that is awaited by itself.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Single {
    point: Point,
    site: Site,
    parked: bool,
}

impl Single {
    #[track_caller]
    pub(crate) fn new() -> Self {
        Self::at(Site::here())
    }

    pub(crate) fn at(site: Site) -> Self {
        Self { point: Point::default(), site, parked: false }
    }
}

/// A case that can be awaited by itself.
pub(crate) trait Alone: Case {
    fn single(&mut self) -> &mut Single;

    /// Drives it as the only operation of its task.
    #[inline]
    fn poll_alone(&mut self, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let attempt = if self.single().parked {
            self.finish(cx.waker())
        } else {
            if probe::watched() {
                ready!(self.pass(cx));
            }
            match self.check(Run::current()) {
                Err(fault) => Attempt::Fault(fault),
                Ok(()) => self.attempt(Some(cx.waker())),
            }
        };
        match attempt {
            Attempt::Done(value) => Poll::Ready(value),
            Attempt::Fault(fault) => probe::raise(fault),
            Attempt::Not => {
                let again = std::mem::replace(&mut self.single().parked, true);
                probe::park(self.single().site, again, || op(self));
                Poll::Pending
            }
        }
    }

    /// Ready once the scheduler has chosen it.
    #[cold]
    fn pass(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let Single { mut point, site, .. } = *self.single();
        let passed = point.pass(cx, site, || op(self));
        self.single().point = point;
        passed
    }
}

fn op<C: Case + ?Sized>(case: &C) -> Op {
    match case.op() {
        CaseOp::Send { ch, value } => Op::Send { ch, value },
        CaseOp::Recv { ch } => Op::Recv { ch },
        CaseOp::Off => Op::Select { cases: vec![CaseOp::Off], default: false },
    }
}
