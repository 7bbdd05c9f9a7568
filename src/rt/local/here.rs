//! What runs on this thread, and how its tasks are reached: from this thread without a lock, from others with one.

use super::{Local, Tasks};
use crate::lock::lock;
use std::{
    cell::RefCell,
    collections::{BTreeMap, VecDeque},
    mem,
    num::NonZeroU32,
    sync::{
        Mutex, Weak,
        atomic::{AtomicU32, Ordering},
    },
    task::Waker,
};

/// Names one run of this process. Should the numbers ever come round, a late wake reaches a task that waits for
/// something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct RunId(NonZeroU32);

impl RunId {
    pub(super) fn new() -> Self {
        static LAST: AtomicU32 = AtomicU32::new(0);
        let next = || LAST.fetch_add(1, Ordering::Relaxed).wrapping_add(1);
        Self(NonZeroU32::new(next()).or_else(|| NonZeroU32::new(next())).unwrap_or(NonZeroU32::MIN))
    }
}

/// A task of a run on one thread. Places are used again, so a late wake may reach another task, which then finds
/// that it still waits.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub(super) run: RunId,
    pub(super) index: u32,
}

/// The runs of this process, for those who wake their tasks from other threads.
static RUNS: Mutex<BTreeMap<RunId, Weak<Local>>> = Mutex::new(BTreeMap::new());

pub(super) fn enrol(run: RunId, local: Weak<Local>) {
    lock(&RUNS).insert(run, local);
}

pub(super) fn strike_off(run: RunId) {
    lock(&RUNS).remove(&run);
}

impl Place {
    /// As a number, which is not 0.
    #[inline]
    pub(in crate::rt) fn pack(self) -> u64 {
        u64::from(self.run.0.get()) << 32 | u64::from(self.index)
    }

    #[inline]
    pub(in crate::rt) fn unpack(packed: u64) -> Option<Self> {
        let run = RunId(NonZeroU32::new((packed >> 32) as u32)?);
        Some(Self { run, index: packed as u32 })
    }

    /// The place of the task that is being polled, if this is its own waker.
    #[inline]
    pub(in crate::rt) fn of(waker: &Waker) -> Option<Self> {
        HERE.try_with(|here| here.borrow().place_of(waker)).ok().flatten()
    }

    #[inline]
    pub(in crate::rt) fn wake(self) {
        if !if_here(self.run, |here| here.wake(self.index)) {
            self.wake_elsewhere();
        }
    }

    #[cold]
    #[inline(never)]
    fn wake_elsewhere(self) {
        let local = lock(&RUNS).get(&self.run).and_then(Weak::upgrade);
        if let Some(local) = local {
            local.outside(|outside| outside.woken.push(self.index));
        }
    }
}

thread_local! {
    static HERE: RefCell<Here> = const { RefCell::new(Here::nobody()) };
}

/// What runs on this thread.
pub(super) struct Here {
    run: Option<RunId>,
    polled: Option<Polled>,
    pub(super) started: Tasks,
    woken: VecDeque<u32>,
    /// Which places are among the woken.
    queued: Vec<bool>,
}

/// The task that is being polled: what tells its waker from all others that live, and its place.
#[derive(Clone, Copy)]
struct Polled {
    data: usize,
    vtable: usize,
    index: u32,
}

impl Here {
    const fn nobody() -> Self {
        Self { run: None, polled: None, started: Vec::new(), woken: VecDeque::new(), queued: Vec::new() }
    }

    #[inline]
    fn place_of(&self, waker: &Waker) -> Option<Place> {
        let Polled { data, vtable, index } = self.polled?;
        let own = (data, vtable) == identity(waker);
        Some(Place { run: self.run?, index }).filter(|_| own)
    }

    /// The task at this place is being polled, with this waker.
    #[inline]
    pub(super) fn polls(&mut self, waker: &Waker, index: u32) {
        let (data, vtable) = identity(waker);
        self.polled = Some(Polled { data, vtable, index });
    }

    /// No task is being polled any more.
    pub(super) fn rests(&mut self) {
        self.polled = None;
    }

    #[inline]
    pub(super) fn wake(&mut self, index: u32) {
        if let Some(queued) = self.queued.get_mut(index as usize)
            && !*queued
        {
            *queued = true;
            self.woken.push_back(index);
        }
    }

    /// A task was put at a new place.
    pub(super) fn start(&mut self, index: u32) {
        self.queued.push(true);
        self.woken.push_back(index);
    }

    /// The next task to poll.
    #[inline]
    pub(super) fn next(&mut self) -> Option<u32> {
        let index = self.woken.pop_front()?;
        self.queued[index as usize] = false;
        Some(index)
    }
}

fn identity(waker: &Waker) -> (usize, usize) {
    (waker.data().addr(), std::ptr::from_ref(waker.vtable()).addr())
}

/// Changes what runs on this thread.
#[inline]
pub(super) fn here<R>(change: impl FnOnce(&mut Here) -> R) -> R {
    HERE.with_borrow_mut(change)
}

/// Changes what is ready, if this is the run of this thread.
#[inline]
pub(super) fn if_here(run: RunId, change: impl FnOnce(&mut Here)) -> bool {
    let changed = HERE.try_with(|here| {
        let here = &mut *here.borrow_mut();
        let mine = here.run == Some(run);
        if mine {
            change(here);
        }
        mine
    });
    changed == Ok(true)
}

/// Restores, when dropped, what ran on this thread before.
pub(super) struct Entered(Here);

pub(super) fn enter(run: RunId) -> Entered {
    Entered(HERE.replace(Here { run: Some(run), ..Here::nobody() }))
}

impl Drop for Entered {
    fn drop(&mut self) {
        let mine = HERE.replace(mem::replace(&mut self.0, Here::nobody()));
        drop(mine);
    }
}
