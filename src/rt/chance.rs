//! Choices that are left to chance.

use fastrand::Rng;
use std::cell::Cell;

thread_local! {
    /// The runtime that is current leaves its choices to chance.
    static LEFT: Cell<bool> = const { Cell::new(false) };
    /// The next random number, and what those after it are made of: nothing at first.
    static NEXT: Cell<u64> = const { Cell::new(0) };
    static SEED: Cell<u64> = const { Cell::new(0) };
}

/// Tells whether the runtime that is current from now on leaves its choices to chance; gives what was before.
pub(super) fn leave(left: bool) -> bool {
    if left && SEED.get() == 0 {
        SEED.set(fastrand::u64(1..));
        draw();
    }
    LEFT.replace(left)
}

/// A number below `n`, each with the same chance, unless the runtime is to be asked.
#[inline]
pub(super) fn choose(n: u32) -> Option<u32> {
    LEFT.get().then(|| ((u128::from(draw()) * u128::from(n)) >> u64::BITS) as u32)
}

/// Drawn ahead: a select whose next step depends on it does not wait for it.
#[inline]
fn draw() -> u64 {
    let mut rng = Rng::with_seed(SEED.get());
    let drawn = NEXT.replace(rng.u64(..));
    SEED.set(rng.get_seed());
    drawn
}

#[cfg(test)]
mod tests {
    use crate::{
        probe::TaskId,
        rt::{Handle, Runtime, TimerId, choose, local, time::Instant},
    };
    use futures::future::BoxFuture;
    use std::{collections::BTreeSet, panic::Location, sync::Arc, task::Waker};

    /// Decides for the highest.
    struct Highest;

    impl Runtime for Highest {
        fn spawn(&self, _: BoxFuture<'static, ()>, _: &'static Location<'static>) -> TaskId {
            TaskId::MAIN
        }
        fn now(&self) -> Instant {
            Instant::ZERO
        }
        fn set_timer(&self, _: Instant, _: Waker) -> TimerId {
            TimerId(0)
        }
        fn cancel_timer(&self, _: TimerId) {}
        fn choose(&self, n: u32) -> u32 {
            n - 1
        }
    }

    #[test]
    fn only_the_runtime_that_is_current_leaves_to_chance() {
        let drawn = || (0..1000).map(|_| choose(6)).collect::<BTreeSet<_>>();
        let all = BTreeSet::from_iter(0..6);
        let (before, within, after) = local::run(async move {
            let before = drawn();
            let entered = Handle::new(Arc::new(Highest)).enter();
            let within = drawn();
            drop(entered);
            (before, within, drawn())
        });
        assert_eq!((before, within, after), (all.clone(), BTreeSet::from([5]), all));
    }
}
