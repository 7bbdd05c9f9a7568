//! What the tasks and the keeper of a program share.

use super::task::Task;
use crate::{
    lock::lock,
    probe::TaskId,
    rt::{Runtime, TimerId, alarms::Alarms, clock::Clock, time::Instant},
};
use futures::future::BoxFuture;
use std::{
    any::Any,
    collections::BTreeMap,
    mem,
    panic::{AssertUnwindSafe, Location, catch_unwind},
    sync::{
        Arc, Mutex, OnceLock, Weak,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    task::Waker,
    thread::Thread,
};

pub(super) type Payload = Box<dyn Any + Send>;

/// The runtime that is current in the tasks.
pub(super) struct Threads {
    me: Weak<Self>,
    executor: OnceLock<tokio::runtime::Handle>,
    alarms: Mutex<Alarms>,
    clock: Clock,
    /// How many tasks are ready or run; counted only where the clock is paused.
    busy: AtomicUsize,
    keeper: OnceLock<Thread>,
    /// How many tasks were started: more than there are ids, which then come round.
    started: AtomicU64,
    /// The tasks that have not ended, and the lines that started them.
    live: Mutex<BTreeMap<u64, &'static Location<'static>>>,
    /// The first panic.
    panic: Mutex<Option<Payload>>,
}

impl Threads {
    pub(super) fn new(paused: bool) -> Arc<Self> {
        Arc::new_cyclic(|me| Self {
            me: me.clone(),
            executor: OnceLock::new(),
            alarms: Mutex::default(),
            clock: Clock::new(paused),
            busy: AtomicUsize::new(0),
            keeper: OnceLock::new(),
            started: AtomicU64::new(0),
            live: Mutex::default(),
            panic: Mutex::default(),
        })
    }

    /// Sets the executor of the tasks, before the first of them.
    pub(super) fn run_on(&self, executor: &tokio::runtime::Handle) {
        self.executor.get_or_init(|| executor.clone());
    }

    /// This thread keeps the program.
    pub(super) fn keep_here(&self) {
        self.keeper.get_or_init(std::thread::current);
    }

    pub(super) fn is_paused(&self) -> bool {
        self.clock.is_paused()
    }

    /// A task became ready.
    pub(super) fn works(&self) {
        self.busy.fetch_add(1, Ordering::SeqCst);
    }

    /// A task that was ready has run.
    pub(super) fn rests(&self) {
        if self.busy.fetch_sub(1, Ordering::SeqCst) == 1 {
            self.call_keeper();
        }
    }

    fn call_keeper(&self) {
        if let Some(keeper) = self.keeper.get() {
            keeper.unpark();
        }
    }

    /// The tasks that have not ended.
    pub(super) fn left(&self) -> Vec<(TaskId, &'static Location<'static>)> {
        lock(&self.live).iter().map(|(number, at)| (id(*number), *at)).collect()
    }

    pub(super) fn is_alone(&self) -> bool {
        lock(&self.live).is_empty()
    }

    /// A task has ended.
    pub(super) fn ended(&self, number: u64) {
        let mut live = lock(&self.live);
        live.remove(&number);
        if live.is_empty() {
            self.call_keeper();
        }
    }

    /// A task panicked, which ends the program.
    fn fail(&self, payload: Payload) {
        lock(&self.panic).get_or_insert(payload);
        self.call_keeper();
    }

    /// Does what may run code of the program; `None` if that panicked.
    pub(super) fn catch<R>(&self, f: impl FnOnce() -> R) -> Option<R> {
        catch_unwind(AssertUnwindSafe(f)).map_err(|payload| self.fail(payload)).ok()
    }

    pub(super) fn panicked(&self) -> bool {
        lock(&self.panic).is_some()
    }

    pub(super) fn take_panic(&self) -> Option<Payload> {
        lock(&self.panic).take()
    }

    /// Lets the alarms go off whose time has come, and stops the keeper until the next one, or until it is called.
    pub(super) fn wait(&self, until: Option<Instant>) {
        let next = lock(&self.alarms).next();
        let next = next.into_iter().chain(until).min();
        self.clock.wait(next, self.busy.load(Ordering::SeqCst) == 0);
        let now = self.now();
        while let Some(waker) = { lock(&self.alarms).due(now) } {
            self.catch(|| waker.wake());
        }
    }

    /// Drops, after the tasks, what else the program leaves behind: it may hold the runtime that holds it.
    pub(super) fn end(&self) {
        let alarms = mem::take(&mut *lock(&self.alarms));
        self.catch(|| drop(alarms));
    }
}

fn id(number: u64) -> TaskId {
    TaskId(number as u32)
}

impl Runtime for Threads {
    fn spawn(&self, task: BoxFuture<'static, ()>, at: &'static Location<'static>) -> TaskId {
        let number = self.started.fetch_add(1, Ordering::Relaxed) + 1;
        if let (Some(executor), Some(me)) = (self.executor.get(), self.me.upgrade()) {
            lock(&self.live).insert(number, at);
            // After the end the task is dropped here.
            let _detached = executor.spawn(Task::new(number, me, task));
        }
        id(number)
    }

    fn now(&self) -> Instant {
        self.clock.now()
    }

    fn set_timer(&self, at: Instant, waker: Waker) -> TimerId {
        let (id, first) = lock(&self.alarms).set(at, waker);
        if first {
            self.call_keeper();
        }
        id
    }

    fn cancel_timer(&self, timer: TimerId) {
        let waker = lock(&self.alarms).cancel(timer);
        drop(waker);
    }

    fn choose(&self, n: u32) -> u32 {
        fastrand::u32(..n)
    }

    fn leaves_to_chance(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rt::{Handle, go};
    use std::future::pending;

    #[test]
    fn two_tasks_with_one_id_are_two() {
        let executor = tokio::runtime::Builder::new_multi_thread().worker_threads(1).build().unwrap();
        let threads = Threads::new(false);
        threads.run_on(executor.handle());
        let _entered = Handle::new(threads.clone()).enter();
        let first = go(pending::<()>());
        threads.started.store(1 << u32::BITS, Ordering::Relaxed);
        assert_eq!(go(pending::<()>()).id(), first.id());
        assert_eq!(threads.left().len(), 2);
    }
}
