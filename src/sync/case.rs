//! What a select chooses among, and how a single such operation is awaited.

use super::claim::Claim;
use crate::probe::{self, CaseOp, Fault, Op, Point, Run, Site};
use std::task::{Context, Poll, Waker, ready};

/// An operation that can be a case of [`select!`](crate::select!): a send, a receive, a timer.
///
/// `Option<C>` is a case too: `None` is switched off, as a nil channel in Go.
pub trait Case {
    /// What the operation gives.
    type Output;

    /// What a select keeps of it.
    #[doc(hidden)]
    type Arm: Arm<Output = Self::Output>;

    #[doc(hidden)]
    fn arm(self) -> Self::Arm;
}

/// A send, a receive, a timer: by itself or in a select.
#[doc(hidden)]
pub trait Operation {
    type Output;

    /// What the recording calls it.
    fn op(&self) -> CaseOp;

    /// A fault if the object belongs to another run than this one.
    fn check(&self, run: Run) -> Result<(), Fault>;
}

/// A case within its select, and the protocol between the two.
#[doc(hidden)]
pub trait Arm: Operation {
    /// True if the operation can be done now.
    fn ready(&self) -> bool;

    /// False only if the operation cannot be done now: a look that takes no lock.
    fn may_be_ready(&self) -> bool {
        self.ready()
    }

    /// Does the operation if it can be done now.
    fn attempt(&mut self) -> Attempt<Self::Output>;

    /// Waits in the operation as this case of the select; false if it can be done now instead.
    fn park(&mut self, claim: Claim, case: u32) -> bool;

    /// The result, once a peer has taken this case.
    fn finish(&mut self, claim: Claim) -> Attempt<Self::Output>;

    /// Hands on what a peer that has taken this case handed over.
    fn unpark(&mut self, claim: Claim);

    /// Stops waiting, where no peer has taken this case, nor can take it any more.
    fn leave(&mut self);
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
    type Arm = Option<C::Arm>;

    #[inline]
    fn arm(self) -> Self::Arm {
        self.map(C::arm)
    }
}

impl<A: Operation> Operation for Option<A> {
    type Output = A::Output;

    fn op(&self) -> CaseOp {
        self.as_ref().map_or(CaseOp::Off, A::op)
    }
    fn check(&self, run: Run) -> Result<(), Fault> {
        self.as_ref().map_or(Ok(()), |operation| operation.check(run))
    }
}

impl<A: Arm> Arm for Option<A> {
    fn ready(&self) -> bool {
        self.as_ref().is_some_and(A::ready)
    }
    fn may_be_ready(&self) -> bool {
        self.as_ref().is_some_and(A::may_be_ready)
    }
    fn attempt(&mut self) -> Attempt<A::Output> {
        self.as_mut().map_or(Attempt::Not, A::attempt)
    }
    fn park(&mut self, claim: Claim, case: u32) -> bool {
        self.as_mut().is_none_or(|arm| arm.park(claim, case))
    }
    fn finish(&mut self, claim: Claim) -> Attempt<A::Output> {
        self.as_mut().map_or(Attempt::Not, |arm| arm.finish(claim))
    }
    fn unpark(&mut self, claim: Claim) {
        if let Some(arm) = self {
            arm.unpark(claim);
        }
    }
    fn leave(&mut self) {
        if let Some(arm) = self {
            arm.leave();
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

/// An operation that can be awaited by itself.
pub(crate) trait Alone: Operation {
    fn single(&mut self) -> &mut Single;

    /// Does the operation, or else waits in it.
    fn attempt(&mut self, waker: &Waker) -> Attempt<Self::Output>;

    /// The result once a peer has completed the operation that waits. Until then `waker` is the one to wake.
    fn finish(&mut self, waker: &Waker) -> Attempt<Self::Output>;

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
                Ok(()) => self.attempt(cx.waker()),
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

fn op(operation: &(impl Operation + ?Sized)) -> Op {
    match operation.op() {
        CaseOp::Send { ch, value } => Op::Send { ch, value },
        CaseOp::Recv { ch } => Op::Recv { ch },
        CaseOp::Off => Op::Select { cases: vec![CaseOp::Off], default: false },
    }
}
