//! How a task that waits is woken.

use super::local::Place;
use crate::lock::{
    Brief,
    atomic::{AtomicU64, Ordering},
    lock,
};
use std::task::Waker;

/// What wakes a task, once: its waker, or its place among the tasks of this thread.
///
/// A waker is counted when it is cloned and when it is dropped. A place is only a number, and most tasks of
/// [`local`](super::local) wait for others of the same thread.
#[derive(Debug)]
pub(crate) enum Bell {
    Place(Place),
    Waker(Waker),
}

impl Bell {
    #[inline]
    pub(crate) fn of(waker: &Waker) -> Self {
        match Place::of(waker) {
            Some(place) => Self::Place(place),
            None => Self::Waker(waker.clone()),
        }
    }

    /// Wakes the task that `waker` wakes, from now on; gives the bell that was there before, if it is another one.
    pub(crate) fn move_to(&mut self, waker: &Waker) -> Option<Self> {
        match self {
            Self::Waker(old) if old.will_wake(waker) => None,
            _ => Some(std::mem::replace(self, Self::of(waker))),
        }
    }

    #[inline]
    pub(crate) fn ring(self) {
        match self {
            Self::Place(place) => place.wake(),
            Self::Waker(waker) => waker.wake(),
        }
    }
}

/// A bell that takes less room where there is one for each task, and an allocation where it must be a waker.
pub(super) enum SmallBell {
    Place(Place),
    Waker(Box<Waker>),
}

impl SmallBell {
    pub(super) fn of(waker: &Waker) -> Self {
        match Bell::of(waker) {
            Bell::Place(place) => Self::Place(place),
            Bell::Waker(waker) => Self::Waker(Box::new(waker)),
        }
    }

    pub(super) fn ring(self) {
        match self {
            Self::Place(place) => place.wake(),
            Self::Waker(waker) => waker.wake(),
        }
    }
}

/// A bell that one side sets and the other rings.
///
/// It orders nothing by itself: whoever is to see a bell learns by other means that it was set.
#[derive(Debug)]
pub(crate) struct SharedBell {
    /// The place, or [`ELSEWHERE`]: a lock less for most.
    place: AtomicU64,
    waker: Brief<Option<Waker>>,
}

/// No place: look for a waker.
const ELSEWHERE: u64 = 0;

impl SharedBell {
    pub(crate) fn new() -> Self {
        Self { place: AtomicU64::new(ELSEWHERE), waker: Brief::new(None) }
    }

    #[inline]
    pub(crate) fn set(&self, waker: &Waker) {
        match Bell::of(waker) {
            Bell::Place(place) => {
                let before = self.place.load(Ordering::Relaxed);
                self.place.store(place.pack(), Ordering::Relaxed);
                if before == ELSEWHERE {
                    // Nobody would look for it again.
                    drop(self.take_waker());
                }
            }
            Bell::Waker(waker) => self.set_waker(waker),
        }
    }

    #[cold]
    #[inline(never)]
    fn set_waker(&self, waker: Waker) {
        let before = lock(&self.waker).replace(waker);
        drop(before);
        self.place.store(ELSEWHERE, Ordering::Relaxed);
    }

    #[cold]
    #[inline(never)]
    fn take_waker(&self) -> Option<Waker> {
        lock(&self.waker).take()
    }

    /// Takes the bell that was set last, if it was not taken before.
    #[inline]
    pub(crate) fn take(&self) -> Option<Bell> {
        match Place::unpack(self.place.load(Ordering::Relaxed)) {
            Some(place) => Some(Bell::Place(place)),
            None => self.take_waker().map(Bell::Waker),
        }
    }

    #[inline]
    pub(crate) fn clear(&self) {
        if self.place.load(Ordering::Relaxed) == ELSEWHERE {
            drop(self.take_waker());
        }
    }
}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;
    use crate::rt::local;
    use std::{
        future::poll_fn,
        sync::Arc,
        task::{Poll, Wake},
    };

    struct Nobody;

    impl Wake for Nobody {
        fn wake(self: Arc<Self>) {}
    }

    #[test]
    fn a_bell_forgets_the_waker_that_a_place_follows() {
        local::run(poll_fn(|cx| {
            let (bell, nobody) = (SharedBell::new(), Arc::new(Nobody));
            bell.set(&Waker::from(nobody.clone()));
            assert_eq!(Arc::strong_count(&nobody), 2);
            bell.set(cx.waker());
            assert_eq!(Arc::strong_count(&nobody), 1);
            assert!(matches!(bell.take(), Some(Bell::Place(_))));
            Poll::Ready(())
        }));
    }
}
