//! A run as the hooks and the wakers know it.

use super::{Choice, state::State};
use crate::{
    lock::lock,
    probe::{self, TaskId},
    rt::{Runtime, TimerId, time::Instant},
};
use futures::future::BoxFuture;
use std::{
    any::Any,
    panic::Location,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    task::{Wake, Waker},
};

/// Tells runs apart, so that an object of one is not used in another. Not part of a recording.
static RUNS: AtomicU32 = AtomicU32::new(1);

pub(super) struct Core {
    pub(super) run: u32,
    /// The tasks that were woken while no step was taken on the thread that woke them.
    woken: Mutex<Vec<TaskId>>,
    /// There are some in `woken`.
    called: AtomicBool,
}

impl Core {
    pub(super) fn new() -> Arc<Self> {
        let run = RUNS.fetch_add(1, Ordering::Relaxed);
        Arc::new(Self { run, woken: Mutex::default(), called: AtomicBool::new(false) })
    }

    /// Asks the state, if the program's code is running on this thread.
    ///
    /// `f` runs no code of the program, which might ask in its turn.
    #[inline]
    fn ask<R>(&self, f: impl FnOnce(&mut State) -> R) -> Option<R> {
        ask(self.run, f)
    }

    pub(super) fn waker(self: &Arc<Self>, task: TaskId) -> Waker {
        Waker::from(Arc::new(TaskWaker { core: self.clone(), task }))
    }

    fn wake(&self, id: TaskId) {
        if self.ask(|state| state.wake(id)).is_none() {
            lock(&self.woken).push(id);
            self.called.store(true, Ordering::Release);
        }
    }

    /// Takes what was woken between steps.
    #[inline]
    pub(super) fn woken(&self) -> Vec<TaskId> {
        if !self.called.load(Ordering::Acquire) {
            return Vec::new();
        }
        self.called.store(false, Ordering::Relaxed);
        std::mem::take(&mut *lock(&self.woken))
    }
}

/// Asks the state of a run, if the program's code is running on this thread.
fn ask<R>(run: u32, f: impl FnOnce(&mut State) -> R) -> Option<R> {
    probe::ask(|probe| {
        let state: &mut dyn Any = probe;
        state.downcast_mut::<State>().filter(|state| state.run == run).map(f)
    })
    .flatten()
}

struct TaskWaker {
    core: Arc<Core>,
    task: TaskId,
}

impl Wake for TaskWaker {
    fn wake(self: Arc<Self>) {
        self.core.wake(self.task);
    }
    fn wake_by_ref(self: &Arc<Self>) {
        self.core.wake(self.task);
    }
}

/// What only the simulator's own tasks can ask of it, while they are polled.
const ELSEWHERE: &str = "a simulated run is used from outside its tasks";

impl Runtime for Core {
    fn spawn(&self, task: BoxFuture<'static, ()>, at: &'static Location<'static>) -> TaskId {
        let name = probe::label();
        let child = match self.ask(|state| state.adopt(task)).expect(ELSEWHERE) {
            Ok(child) => child,
            Err(late) => {
                drop(late);
                return TaskId::CLOCK;
            }
        };
        // What the parent did before comes before the birth.
        let run = self.run;
        probe::follow(move || {
            ask(run, |state| state.bear(child, name, at));
        });
        child
    }

    fn now(&self) -> Instant {
        let now = self.ask(|state| {
            state.tell_clock(false);
            Instant::from_nanos(state.now)
        });
        now.expect(ELSEWHERE)
    }

    fn set_timer(&self, at: Instant, waker: Waker) -> TimerId {
        let set = self.ask(|state| {
            if state.over {
                return Err(waker);
            }
            state.tell_clock(at.nanos() <= state.now);
            Ok(state.timers.set(at, waker).0)
        });
        set.expect(ELSEWHERE).unwrap_or_else(|late| {
            drop(late);
            TimerId(0)
        })
    }

    fn cancel_timer(&self, timer: TimerId) {
        let waker = self.ask(|state| {
            state.tell_clock(state.timers.time(timer).is_some_and(|at| at.nanos() <= state.now));
            let waker = state.timers.cancel(timer);
            state.missed += u64::from(waker.is_some());
            waker
        });
        drop(waker);
    }

    fn choose(&self, n: u32) -> u32 {
        self.ask(|state| state.pick(Choice::Among, n)).expect(ELSEWHERE)
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        chan, go, output,
        rt::{Handle, choose},
        sim::{Config, Outcome},
        yield_now,
    };
    use futures::task::AtomicWaker;
    use std::{future::poll_fn, sync::Arc, task::Poll};

    #[test]
    fn what_wakes_a_task_between_steps_is_heard() {
        let shared = Arc::new(AtomicWaker::new());
        let waits = shared.clone();
        let mut sim = Config::new().start(async move {
            let mut polls = 0;
            poll_fn(|cx| {
                waits.register(cx.waker());
                polls += 1;
                if polls == 2 { Poll::Ready(()) } else { Poll::Pending }
            })
            .await;
        });
        assert!(sim.step() && sim.enabled().is_empty());
        shared.wake();
        assert!(sim.step());
        while sim.step() {}
        assert_eq!(sim.outcome(), Some(&Outcome::Returned));
    }

    #[test]
    fn a_run_within_a_run_is_a_run_of_its_own() {
        let outer = Config::new().run(async {
            let (tx, rx) = chan(1);
            tx.send(1).await;
            let inner = Config::new().run(async {
                yield_now().await;
                go(async { output(&"inner") });
            });
            output(&"outer");
            (inner.recording.outputs(), rx.recv().await)
        });
        assert_eq!(outer.value, Some((vec!["inner".to_owned()], Some(1))));
        assert_eq!(outer.recording.outputs(), ["outer"]);
    }

    #[test]
    #[should_panic = "a simulated run is used from outside its tasks"]
    fn a_handle_works_only_while_a_task_runs() {
        let run = Config::new().run(async { Handle::current() });
        let _entered = run.value.unwrap().enter();
        choose(6);
    }
}
