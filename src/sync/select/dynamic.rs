//! Select over a list of cases that is made at run time, as Go's `reflect.Select`.

use super::{Cases, Chosen, Select, open::Open};
use crate::{
    probe::{CaseOp, Fault, Run},
    sync::{
        case::{Arm, Attempt, Case},
        claim::Claim,
    },
};
use std::fmt;

type DynArm<'a, T> = Box<dyn Arm<Output = T> + Send + Unpin + 'a>;

/// A select over cases that are added at run time; its results carry the index of the case.
///
/// # Cancel safety
///
/// As [`Select`].
///
/// ```
/// use fanin::{chan, sync::Selector};
/// fanin::sim::run(async {
///     let channels: Vec<_> = (0..3).map(|_| chan(1)).collect();
///     channels[2].0.send("x").await;
///     let mut select = Selector::new();
///     for (_, rx) in &channels {
///         select = select.case(rx.recv());
///     }
///     assert_eq!(select.wait().await, (2, Some("x")));
/// });
/// ```
pub struct Selector<'a, T> {
    cases: Vec<DynArm<'a, T>>,
}

impl<'a, T> Selector<'a, T> {
    /// A select without cases, which would wait for ever.
    ///
    /// ```
    /// use fanin::sync::Selector;
    /// fanin::sim::run(async { assert_eq!(Selector::<u32>::new().poll_once().await, None) });
    /// ```
    pub fn new() -> Self {
        Self { cases: Vec::new() }
    }

    /// Adds a case. They are numbered from 0 in the order of adding.
    ///
    /// # Panics
    ///
    /// With Go's text if there are 65536 already.
    ///
    /// ```
    /// use fanin::{chan, sync::Selector};
    /// fanin::sim::run(async {
    ///     let (tx, rx) = chan(1);
    ///     tx.send(7).await;
    ///     assert_eq!(Selector::new().case(rx.recv()).wait().await, (0, Some(7)));
    /// });
    /// ```
    pub fn case(mut self, case: impl Case<Output = T, Arm: Send + Unpin + 'a>) -> Self {
        assert!(self.cases.len() < Claim::MOST_CASES, "reflect.Select: too many cases (max 65536)");
        self.cases.push(Box::new(case.arm()));
        self
    }

    /// Waits for one of the cases; gives its index and result.
    ///
    /// # Panics
    ///
    /// With `send on closed channel`, if the chosen send finds its channel closed.
    ///
    /// ```
    /// use fanin::{Receiver, chan, sync::Selector};
    /// fanin::sim::run(async {
    ///     let (tx, rx) = chan(1);
    ///     tx.send(7).await;
    ///     let nil = Receiver::never();
    ///     let select = Selector::new().case(nil.recv()).case(rx.recv());
    ///     assert_eq!(select.wait().await, (1, Some(7)));
    /// });
    /// ```
    #[track_caller]
    pub fn wait(self) -> impl Future<Output = (usize, T)> + Send + 'a
    where
        T: Send + 'a,
    {
        let select = Select::new(self, false);
        async move {
            match select.await {
                Chosen::Case(chosen) => chosen,
                Chosen::Default => unreachable!("a select without a default took it"),
            }
        }
    }

    /// Takes one of the cases if one is ready, as a select with a default.
    ///
    /// ```
    /// use fanin::{chan, sync::Selector};
    /// fanin::sim::run(async {
    ///     let (_tx, rx) = chan::<u32>(1);
    ///     assert_eq!(Selector::new().case(rx.recv()).poll_once().await, None);
    /// });
    /// ```
    #[track_caller]
    pub fn poll_once(self) -> impl Future<Output = Option<(usize, T)>> + Send + 'a
    where
        T: Send + 'a,
    {
        let select = Select::new(self, true);
        async move {
            match select.await {
                Chosen::Case(chosen) => Some(chosen),
                Chosen::Default => None,
            }
        }
    }
}

impl<T> Default for Selector<'_, T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> fmt::Debug for Selector<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Selector({} cases)", self.cases.len())
    }
}

impl<T> Cases for Selector<'_, T> {
    type Output = (usize, T);

    fn count(&self) -> u32 {
        self.cases.len() as u32
    }
    fn op(&self, i: u32) -> CaseOp {
        self.cases[i as usize].op()
    }
    fn check(&self, run: Run) -> Result<(), Fault> {
        self.cases.iter().try_for_each(|case| case.check(run))
    }
    fn ready(&self, i: u32) -> bool {
        self.cases[i as usize].ready()
    }
    fn may_be_ready(&self, run: Run) -> Result<Open, Fault> {
        self.check(run)?;
        let cases = self.cases.iter().take(Open::MOST as usize);
        Ok(cases.rev().fold(Open::NONE, |later, case| later.after(case.may_be_ready())))
    }
    fn attempt(&mut self, i: u32) -> Attempt<(usize, T)> {
        self.cases[i as usize].attempt().map(|v| Attempt::Done((i as usize, v)))
    }
    fn park(&mut self, i: u32, claim: Claim, case: u32) -> bool {
        self.cases[i as usize].park(claim, case)
    }
    fn park_all(&mut self, claim: Claim, first: u32) -> bool {
        self.cases.iter_mut().zip(first..).all(|(case, i)| case.park(claim, i))
    }
    fn finish(&mut self, i: u32, claim: Claim) -> Attempt<(usize, T)> {
        self.cases[i as usize].finish(claim).map(|v| Attempt::Done((i as usize, v)))
    }
    fn unpark(&mut self, i: u32, claim: Claim) {
        self.cases[i as usize].unpark(claim);
    }
    fn leave_all(&mut self) {
        self.cases.iter_mut().for_each(|case| case.leave());
    }
}

#[cfg(test)]
mod tests {
    use super::Selector;
    use crate::Receiver;

    #[test]
    #[should_panic = "reflect.Select: too many cases (max 65536)"]
    fn there_are_at_most_as_many_cases_as_in_go() {
        let nil = Receiver::<()>::never();
        drop((0..=65536).fold(Selector::new(), |select, _| select.case(nil.recv())));
    }
}
