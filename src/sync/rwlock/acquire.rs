//! Waiting for a read-write lock.

use super::{Inner, ReadGuard, WriteGuard};
use crate::{
    lock::lock,
    probe::{self, LockKind, Op, Point, Site, What, Who},
    sync::{
        mutex::{Locking, Waited},
        waiter::{Key, Party},
    },
};
use std::{
    fmt,
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

/// How far a task has come; the same for readers and writers.
struct Acquire<T> {
    rw: Arc<Inner<T>>,
    kind: LockKind,
    /// A writer's way to its turn.
    turn: Locking,
    /// The writer before handed its turn on, and this one has not arrived yet.
    has_turn: bool,
    /// Where it waits: a reader for the writer, or a writer that has arrived for the readers.
    key: Option<Key>,
    point: Point,
    site: Site,
}

impl<T> Acquire<T> {
    fn new(rw: Arc<Inner<T>>, kind: LockKind, site: Site) -> Self {
        Self { rw, kind, turn: Locking::default(), has_turn: false, key: None, point: Point::default(), site }
    }

    fn poll(&mut self, cx: &Context<'_>) -> Poll<()> {
        let (lock, kind) = (self.rw.id(), self.kind);
        match self.wait(cx) {
            Waited::Still => {
                probe::park(self.site, true, || Op::Lock { lock, kind });
                return Poll::Pending;
            }
            Waited::Handed => return Poll::Ready(()),
            Waited::Over => {}
        }
        ready!(self.point.pass(cx, self.site, || Op::Lock { lock, kind }));
        if let Err(fault) = self.rw.check() {
            return probe::raise(fault);
        }
        if self.attempt(cx) {
            let holder = Who::current();
            probe::emit(|| What::Acquire { lock, kind, holder: holder.id() });
            return Poll::Ready(());
        }
        // A writer that is woken for its turn announces its arrival.
        self.point = Point::default();
        probe::park(self.site, false, || Op::Lock { lock, kind });
        Poll::Pending
    }

    /// Finds out what became of the wait, if there is one.
    fn wait(&mut self, cx: &Context<'_>) -> Waited {
        let mut old = None;
        let mut state = lock(&self.rw.state);
        let Some(key) = self.key else {
            return match self.turn.wait(&mut state.turn, cx.waker(), &mut old) {
                Waited::Handed => {
                    self.has_turn = true;
                    Waited::Over
                }
                waited => waited,
            };
        };
        let waiters = if self.kind == LockKind::Read { state.readers() } else { state.writers() };
        if waiters.finish(key, cx.waker(), &mut old).is_none() {
            return Waited::Still;
        }
        self.key = None;
        Waited::Handed
    }

    /// Tries to get the lock, or else waits.
    fn attempt(&mut self, cx: &Context<'_>) -> bool {
        let mut state = lock(&self.rw.state);
        let notify = || Party::Task(cx.waker());
        if self.kind == LockKind::Read {
            let got = state.try_read();
            self.key = (!got).then(|| state.park_reader(notify()));
            return got;
        }
        if !std::mem::take(&mut self.has_turn) && !self.turn.attempt(&mut state.turn, cx.waker()) {
            return false;
        }
        self.key = state.arrive(notify());
        self.key.is_none()
    }
}

impl<T> Drop for Acquire<T> {
    fn drop(&mut self) {
        let mut old = None;
        let mut state = lock(&self.rw.state);
        match (self.key.take(), self.kind) {
            (None, _) => {
                let turn = match self.has_turn {
                    true => state.turn.unlock().ok(),
                    false => self.turn.give_up(&mut state.turn, &mut old).1,
                };
                drop(state);
                turn.into_iter().for_each(|turn| self.rw.withdrawn((Vec::new(), turn)));
            }
            (Some(key), LockKind::Read) => {
                let (_, got_it) = state.readers().remove(key, &mut old);
                drop(state);
                if got_it {
                    let _held = self.rw.unlock(LockKind::Read);
                }
            }
            (Some(key), _) => {
                let (_, got_it) = state.writers().remove(key, &mut old);
                let withdrawn = state.withdraw();
                drop(state);
                if got_it {
                    probe::emit(|| What::Release { lock: self.rw.id(), kind: self.kind });
                }
                self.rw.withdrawn(withdrawn);
            }
        }
    }
}

macro_rules! lock_future {
    ($(#[$doc:meta])* $Name:ident, $kind:expr) => {
        $(#[$doc])*
        #[must_use = "futures do nothing unless awaited"]
        pub struct $Name<T: Send + Sync + 'static>(Acquire<T>);

        impl<T: Send + Sync + 'static> $Name<T> {
            pub(super) fn new(rw: Arc<Inner<T>>, site: Site) -> Self {
                Self(Acquire::new(rw, $kind, site))
            }
        }

        impl<T: Send + Sync + 'static> fmt::Debug for $Name<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($Name)).finish_non_exhaustive()
            }
        }
    };
}

macro_rules! raw_lock_future {
    ($(#[$doc:meta])* $Name:ident, $kind:expr) => {
        $(#[$doc])*
        #[must_use = "futures do nothing unless awaited"]
        pub struct $Name(Acquire<()>);

        impl $Name {
            pub(super) fn new(rw: Arc<Inner<()>>, site: Site) -> Self {
                Self(Acquire::new(rw, $kind, site))
            }
        }

        impl Future for $Name {
            type Output = ();

            fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
                self.0.poll(cx)
            }
        }

        impl fmt::Debug for $Name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($Name)).finish_non_exhaustive()
            }
        }
    };
}

lock_future!(
    /// Returned by [`RwLock::read`](super::RwLock::read).
    Read,
    LockKind::Read
);
lock_future!(
    /// Returned by [`RwLock::write`](super::RwLock::write).
    Write,
    LockKind::Write
);
raw_lock_future!(
    /// Returned by [`RwLock::read_raw`](super::RwLock::read_raw).
    ReadRaw,
    LockKind::Read
);
raw_lock_future!(
    /// Returned by [`RwLock::write_raw`](super::RwLock::write_raw).
    WriteRaw,
    LockKind::Write
);

impl<T: Send + Sync + 'static> Future for Read<T> {
    type Output = ReadGuard<T>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<ReadGuard<T>> {
        ready!(self.0.poll(cx));
        Poll::Ready(ReadGuard::new(self.0.rw.clone(), self.0.site))
    }
}

impl<T: Send + Sync + 'static> Future for Write<T> {
    type Output = WriteGuard<T>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<WriteGuard<T>> {
        ready!(self.0.poll(cx));
        match WriteGuard::new(self.0.rw.clone(), self.0.site) {
            Ok(guard) => Poll::Ready(guard),
            Err(fault) => probe::raise(fault),
        }
    }
}
