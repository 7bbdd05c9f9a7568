//! Waiting for a read-write lock.

use super::{Inner, ReadGuard, WriteGuard};
use crate::{
    lock::lock,
    probe::{self, LockKind, Op, Point, Site, What, Who},
    sync::{
        mutex::{Locking, Progress},
        waiter::{Key, Notify},
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
    /// Where it waits: a reader for the writer, or a writer that has arrived for the readers.
    key: Option<Key>,
    point: Point,
    site: Site,
}

impl<T> Acquire<T> {
    fn new(rw: Arc<Inner<T>>, kind: LockKind, site: Site) -> Self {
        Self { rw, kind, turn: Locking::default(), key: None, point: Point::default(), site }
    }

    fn poll(&mut self, cx: &Context<'_>) -> Poll<()> {
        let op = Op::Lock { lock: self.rw.id(), kind: self.kind };
        ready!(self.point.pass(cx, self.site, || op.clone()));
        if let Err(fault) = self.rw.check() {
            return probe::raise(fault);
        }
        let progress = if self.kind == LockKind::Read { self.read(cx) } else { self.write(cx) };
        match progress {
            Progress::Held { handed } => {
                if !handed {
                    let (lock, kind, holder) = (self.rw.id(), self.kind, Who::current());
                    probe::emit(|| What::Acquire { lock, kind, holder: holder.id() });
                }
                Poll::Ready(())
            }
            Progress::Parked => {
                probe::emit_at(self.site, || What::Park { op });
                Poll::Pending
            }
            Progress::Waits => Poll::Pending,
        }
    }

    fn read(&mut self, cx: &Context<'_>) -> Progress {
        let mut state = lock(&self.rw.state);
        if let Some(key) = self.key {
            if state.readers().waits(key, cx.waker()) {
                return Progress::Waits;
            }
            self.key = None;
            state.readers().remove(key);
            return Progress::Held { handed: true };
        }
        if state.try_read() {
            return Progress::Held { handed: false };
        }
        self.key = Some(state.park_reader(Notify::Task(cx.waker().clone())));
        Progress::Parked
    }

    fn write(&mut self, cx: &Context<'_>) -> Progress {
        let mut state = lock(&self.rw.state);
        if let Some(key) = self.key {
            if state.writers().waits(key, cx.waker()) {
                return Progress::Waits;
            }
            self.key = None;
            state.writers().remove(key);
            return Progress::Held { handed: true };
        }
        match self.turn.poll(&mut state.turn, cx.waker()) {
            Progress::Held { .. } => {
                self.key = state.arrive(Notify::Task(cx.waker().clone()));
                if self.key.is_some() { Progress::Parked } else { Progress::Held { handed: false } }
            }
            waits => waits,
        }
    }
}

impl<T> Drop for Acquire<T> {
    fn drop(&mut self) {
        let mut state = lock(&self.rw.state);
        match (self.key.take(), self.kind) {
            (None, _) => {
                let given = self.turn.give_up(&mut state.turn);
                drop(state);
                given.into_iter().for_each(|turn| self.rw.withdrawn((Vec::new(), turn)));
            }
            (Some(key), LockKind::Read) => {
                let (_, got_it) = state.readers().remove(key);
                drop(state);
                if got_it {
                    let _held = self.rw.unlock(LockKind::Read);
                }
            }
            (Some(key), _) => {
                let (_, got_it) = state.writers().remove(key);
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
