//! Cases of different types in one list.
//!
//! The list is built from pairs, so that a select of any length is one generic type, and the result
//! says by its nesting which case it is of: `Here` for the first, `Later(Here)` for the second ...

use crate::{
    probe::{CaseOp, Fault, Run},
    sync::{
        case::{Arm, Attempt, Case},
        claim::Claim,
        select::open::Open,
    },
};
use std::convert::Infallible;

/// A list of cases, each reached by its index.
pub trait Cases {
    /// The result of one of them.
    type Output;

    #[doc(hidden)]
    fn count(&self) -> u32;
    #[doc(hidden)]
    fn op(&self, i: u32) -> CaseOp;
    #[doc(hidden)]
    fn check(&self, run: Run) -> Result<(), Fault>;
    #[doc(hidden)]
    fn ready(&self, i: u32) -> bool;
    /// Those that may be ready, if all belong to this run; the others are not. Of the first 64.
    #[doc(hidden)]
    fn may_be_ready(&self, run: Run) -> Result<Open, Fault>;
    #[doc(hidden)]
    fn attempt(&mut self, i: u32) -> Attempt<Self::Output>;
    /// Waits in one of them, which is this case of the select; false if it can be done now.
    #[doc(hidden)]
    fn park(&mut self, i: u32, claim: Claim, case: u32) -> bool;
    /// Waits in all of them, the first of which is this case of the select; false if one can be done now.
    #[doc(hidden)]
    fn park_all(&mut self, claim: Claim, first: u32) -> bool;
    #[doc(hidden)]
    fn finish(&mut self, i: u32, claim: Claim) -> Attempt<Self::Output>;
    #[doc(hidden)]
    fn unpark(&mut self, i: u32, claim: Claim);
    #[doc(hidden)]
    fn leave_all(&mut self);
}

/// The empty list.
#[derive(Debug)]
pub struct End;

/// A case, and the list of those after it.
#[derive(Debug)]
pub struct More<A, L>(A, L);

impl<A: Arm, L: Cases> More<A, L> {
    /// This case, before those of a list.
    ///
    /// ```
    /// use fanin::{chan, sync::select::{End, More}};
    /// let (tx, rx) = chan::<u32>(0);
    /// let _list = More::new(rx.recv(), More::new(tx.send(7), End));
    /// ```
    #[inline]
    pub fn new(case: impl Case<Arm = A>, others: L) -> Self {
        Self(case.arm(), others)
    }
}

/// The result of the first case of a list, or of one of those after it.
#[derive(Debug)]
pub enum Of<T, R> {
    /// Of the first.
    Here(T),
    /// Of one of the others.
    Later(R),
}

/// Fixes the type of a list of cases, for inference.
///
/// ```
/// use fanin::{chan, sync::select::{End, More, cases}};
/// let (tx, rx) = chan::<u32>(0);
/// let _list = cases(More::new(rx.recv(), More::new(tx.send(7), End)));
/// ```
pub fn cases<L: Cases>(list: L) -> L {
    list
}

impl Cases for End {
    type Output = Infallible;

    fn count(&self) -> u32 {
        0
    }
    fn op(&self, _: u32) -> CaseOp {
        CaseOp::Off
    }
    fn check(&self, _: Run) -> Result<(), Fault> {
        Ok(())
    }
    fn ready(&self, _: u32) -> bool {
        false
    }
    fn may_be_ready(&self, _: Run) -> Result<Open, Fault> {
        Ok(Open::NONE)
    }
    fn attempt(&mut self, _: u32) -> Attempt<Infallible> {
        Attempt::Not
    }
    fn park(&mut self, _: u32, _: Claim, _: u32) -> bool {
        true
    }
    fn park_all(&mut self, _: Claim, _: u32) -> bool {
        true
    }
    fn finish(&mut self, _: u32, _: Claim) -> Attempt<Infallible> {
        Attempt::Not
    }
    fn unpark(&mut self, _: u32, _: Claim) {}
    fn leave_all(&mut self) {}
}

impl<A: Arm, L: Cases> Cases for More<A, L> {
    type Output = Of<A::Output, L::Output>;

    #[inline]
    fn count(&self) -> u32 {
        1 + self.1.count()
    }

    #[inline]
    fn op(&self, i: u32) -> CaseOp {
        if i == 0 { self.0.op() } else { self.1.op(i - 1) }
    }

    #[inline]
    fn check(&self, run: Run) -> Result<(), Fault> {
        self.0.check(run)?;
        self.1.check(run)
    }

    #[inline]
    fn ready(&self, i: u32) -> bool {
        if i == 0 { self.0.ready() } else { self.1.ready(i - 1) }
    }

    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    #[cfg_attr(target_arch = "wasm32", inline)]
    fn may_be_ready(&self, run: Run) -> Result<Open, Fault> {
        self.0.check(run)?;
        let first = self.0.may_be_ready();
        Ok(self.1.may_be_ready(run)?.after(first))
    }

    #[inline(always)]
    fn attempt(&mut self, i: u32) -> Attempt<Self::Output> {
        if i == 0 {
            self.0.attempt().map(|v| Attempt::Done(Of::Here(v)))
        } else {
            self.1.attempt(i - 1).map(|v| Attempt::Done(Of::Later(v)))
        }
    }

    fn park(&mut self, i: u32, claim: Claim, case: u32) -> bool {
        if i == 0 { self.0.park(claim, case) } else { self.1.park(i - 1, claim, case) }
    }

    #[inline(always)]
    fn park_all(&mut self, claim: Claim, first: u32) -> bool {
        self.0.park(claim, first) && self.1.park_all(claim, first + 1)
    }

    #[inline]
    fn finish(&mut self, i: u32, claim: Claim) -> Attempt<Self::Output> {
        if i == 0 {
            self.0.finish(claim).map(|v| Attempt::Done(Of::Here(v)))
        } else {
            self.1.finish(i - 1, claim).map(|v| Attempt::Done(Of::Later(v)))
        }
    }

    #[inline]
    fn unpark(&mut self, i: u32, claim: Claim) {
        if i == 0 {
            self.0.unpark(claim);
        } else {
            self.1.unpark(i - 1, claim);
        }
    }

    #[cfg_attr(not(target_arch = "wasm32"), inline)]
    fn leave_all(&mut self) {
        self.0.leave();
        self.1.leave_all();
    }
}
