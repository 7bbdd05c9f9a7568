//! The timers of a runtime that keeps them itself.

use super::{TimerId, time::Instant};
use std::{collections::BTreeMap, task::Waker};

#[derive(Debug, Default)]
pub(crate) struct Alarms {
    last: u64,
    times: BTreeMap<TimerId, Instant>,
    wakers: BTreeMap<(Instant, TimerId), Waker>,
}

impl Alarms {
    /// Sets an alarm; also tells whether it is now the first.
    pub(crate) fn set(&mut self, at: Instant, waker: Waker) -> (TimerId, bool) {
        self.last += 1;
        let id = TimerId(self.last);
        self.times.insert(id, at);
        self.wakers.insert((at, id), waker);
        (id, self.next() == Some(at))
    }

    /// Takes out an alarm; what it gives back must not be dropped under a lock.
    pub(crate) fn cancel(&mut self, id: TimerId) -> Option<Waker> {
        let at = self.times.remove(&id)?;
        self.wakers.remove(&(at, id))
    }

    /// When an alarm goes off.
    #[cfg(feature = "sim")]
    pub(crate) fn time(&self, id: TimerId) -> Option<Instant> {
        self.times.get(&id).copied()
    }

    /// When the first alarm goes off.
    pub(crate) fn next(&self) -> Option<Instant> {
        self.wakers.first_key_value().map(|((at, _), _)| *at)
    }

    /// Those whose time has come, in the order of their times.
    #[cfg(feature = "sim")]
    pub(crate) fn until(&self, now: Instant) -> impl Iterator<Item = (Instant, TimerId)> {
        self.wakers.range(..=(now, TimerId(u64::MAX))).map(|(alarm, _)| *alarm)
    }

    /// Takes out one alarm whose time has come.
    pub(crate) fn due(&mut self, now: Instant) -> Option<Waker> {
        let first = self.wakers.first_entry().filter(|first| first.key().0 <= now)?;
        let ((_, id), waker) = first.remove_entry();
        self.times.remove(&id);
        Some(waker)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::task::noop_waker;

    #[test]
    fn alarms_go_off_in_the_order_of_their_times() {
        let at = Instant::from_nanos;
        let mut alarms = Alarms::default();
        let (late, _) = alarms.set(at(3), noop_waker());
        let (early, first) = alarms.set(at(1), noop_waker());
        assert!(first);
        assert!(!alarms.set(at(2), noop_waker()).1);
        assert!(alarms.cancel(early).is_some() && alarms.cancel(early).is_none());
        assert_eq!(alarms.next(), Some(at(2)));
        #[cfg(feature = "sim")]
        assert!(alarms.until(at(2)).map(|(at, _)| at).eq([at(2)]));
        assert!(alarms.due(at(1)).is_none());
        assert!(alarms.due(at(2)).is_some() && alarms.due(at(2)).is_none());
        assert!(alarms.due(at(9)).is_some());
        assert!(alarms.cancel(late).is_none() && alarms.next().is_none());
    }
}
