//! The executor: one step at a time.

use super::{
    Choice, Config, Recording,
    core::{Core, State},
    moves::{Move, Movers},
    tasks::Tasks,
    turn::Turn,
};
use crate::{
    probe::{Effect, Ending, Event, Fault, Op, Outcome, TaskId, What},
    rt::{Entered, Handle, text_of},
};
use futures::future::BoxFuture;
use std::{
    any::Any,
    fmt,
    future::Future,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    task::{Context, Poll, Waker},
};

/// A run that is taken step by step.
///
/// ```
/// use fanin::{chan, go, sim::Config};
/// let mut sim = Config::new().start(async {
///     let (tx, rx) = chan(0);
///     go(async move { tx.send(1).await });
///     rx.recv().await
/// });
/// assert_eq!(sim.enabled().len(), 1);
/// while sim.step() {}
/// assert_eq!(sim.outcome().unwrap().to_string(), "main returned");
/// ```
pub struct Sim {
    pub(super) core: Arc<Core>,
    pub(super) handle: Handle,
    tasks: Vec<Task>,
    recording: Box<Recording>,
}

/// A task's future, until it is gone, and its waker.
type Task = (Option<BoxFuture<'static, ()>>, Waker);

/// Something that can happen next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enabled {
    /// The task that can move; [`TaskId::CLOCK`] for a timer that is due.
    pub task: TaskId,
    /// What it would do: `None` for one that starts, or goes on after a wait.
    pub op: Option<Op>,
}

impl Sim {
    pub(super) fn new(config: Config, main: impl Future<Output = ()> + Send + 'static) -> Self {
        let core = Core::new(config);
        let handle = Handle::new(core.clone());
        let seed = core.lock().recording.seed;
        let recording = Box::new(Recording { seed, ..Recording::default() });
        let mut sim = Self { core, handle: handle.clone(), tasks: Vec::new(), recording };
        {
            let _entered = handle.enter();
            crate::rt::go(main);
        }
        sim.collect();
        sim
    }

    /// What can happen next; the run's strategy chooses among these.
    ///
    /// Empty if time has to pass first, and after the end.
    ///
    /// ```
    /// use fanin::{go, sim::Config, yield_now};
    /// let mut sim = Config::new().start(async {
    ///     go(async {});
    ///     yield_now().await;
    /// });
    /// assert_eq!(sim.enabled().len(), 1);
    /// sim.step();
    /// assert_eq!(sim.enabled().len(), 2);
    /// ```
    pub fn enabled(&self) -> Vec<Enabled> {
        let mut state = self.core.lock();
        let mut movers = Movers::default();
        state.movers(&mut movers);
        let mut next = |task| state.task(task).and_then(|t| t.next().map(|(op, _)| op.clone()));
        movers.iter().map(|task| Enabled { task, op: next(task) }).collect()
    }

    /// Takes one step, by the strategy's choice; false once the run has ended.
    ///
    /// ```
    /// let mut sim = fanin::sim::Config::new().start(async {});
    /// while sim.step() {}
    /// assert_eq!(sim.outcome().unwrap().to_string(), "main returned");
    /// ```
    pub fn step(&mut self) -> bool {
        if self.outcome().is_some() {
            return false;
        }
        let can_move = self.can_move() || (self.advance() && self.can_move());
        if self.outcome().is_some() {
            return false;
        }
        if !can_move {
            self.come_to_rest();
            return false;
        }
        self.step_to(None)
    }

    fn can_move(&self) -> bool {
        self.core.lock().count() > 0
    }

    /// Takes one of the things that can be done, of which there are some: the given one, or by the strategy's choice.
    pub(crate) fn step_to(&mut self, pick: Option<u32>) -> bool {
        let mut state = self.core.lock();
        state.record_into(&mut self.recording);
        state.step += 1;
        let of = state.count();
        if of > 1 && pick.is_some() {
            state.forced = pick;
        }
        let pick = state.pick(Choice::Next, of);
        let turn = match state.nth(pick) {
            Some(Move::Task(task)) => state.begin(task),
            Some(Move::Timer(key)) => state.fire(key),
            None => Turn::Over,
        };
        let actor = state.actor;
        drop(state);
        match turn {
            Turn::Poll(id) => self.poll(id),
            Turn::Perform { task, effect, depth } => self.perform(task, effect, depth),
            Turn::Fire(waker) => {
                let _entered = self.handle.enter();
                waker.wake();
            }
            Turn::Over => {}
        }
        let mut state = self.core.lock();
        state.settle(actor);
        take_over(&mut self.tasks, &mut state, &self.core);
        state.hand_over(&mut self.recording);
        let ending = state.ending();
        drop(state);
        match ending {
            None => true,
            Some(outcome) => {
                self.end(outcome);
                false
            }
        }
    }

    /// Nothing can move any more.
    fn come_to_rest(&mut self) {
        let mut state = self.core.lock();
        state.step += 1;
        let main = state.task(TaskId::MAIN).and_then(|t| t.ended);
        let all_ended = state.living == 0;
        drop(state);
        self.end(match main {
            Some(Ending::Returned) => Outcome::Returned,
            Some(Ending::Goexit) if all_ended => Outcome::MainGone,
            _ => Outcome::Deadlock,
        });
    }

    /// Takes the step with this index in [`enabled`](Self::enabled), or the last one if there are fewer.
    ///
    /// ```
    /// use fanin::{go, output, sim::Config};
    /// let mut sim = Config::new().start(async {
    ///     go(async { output(&"a") });
    ///     go(async { output(&"b") });
    /// });
    /// while sim.step_with(u32::MAX) {} // always the last who can move
    /// assert_eq!(sim.recording().outputs(), ["b", "a"]);
    /// ```
    pub fn step_with(&mut self, index: u32) -> bool {
        let mut state = self.core.lock();
        state.forced = (state.count() > 1).then_some(index);
        drop(state);
        self.step()
    }

    /// Does something from outside between two steps, such as cancelling a context.
    ///
    /// It counts as a step of the clock.
    ///
    /// ```
    /// use fanin::{sim::Config, yield_now};
    /// use std::sync::{Arc, atomic::{AtomicBool, Ordering::Relaxed}};
    /// let stop = Arc::new(AtomicBool::new(false));
    /// let asked = stop.clone();
    /// let mut sim = Config::new().start(async move {
    ///     while !asked.load(Relaxed) {
    ///         yield_now().await;
    ///     }
    /// });
    /// (0..9).for_each(|_| assert!(sim.step()));
    /// sim.interfere(|| stop.store(true, Relaxed));
    /// while sim.step() {}
    /// assert_eq!(sim.outcome().unwrap().to_string(), "main returned");
    /// ```
    pub fn interfere(&mut self, f: impl FnOnce()) {
        if self.outcome().is_some() {
            return;
        }
        let mut state = self.core.lock();
        state.step += 1;
        state.line = None;
        drop(state);
        {
            let _entered = self.handle.enter();
            f();
        }
        self.collect();
    }

    /// What happened so far.
    ///
    /// ```
    /// let mut sim = fanin::sim::Config::new().start(async { fanin::output(&7) });
    /// while sim.step() {}
    /// assert_eq!(sim.recording().outputs(), ["7"]);
    /// ```
    pub fn recording(&self) -> &Recording {
        &self.recording
    }

    /// How the run ended, once it has.
    ///
    /// ```
    /// let mut sim = fanin::sim::Config::new().start(async {});
    /// assert!(sim.outcome().is_none());
    /// while sim.step() {}
    /// assert!(sim.outcome().is_some());
    /// ```
    pub fn outcome(&self) -> Option<&Outcome> {
        self.recording.outcome.as_ref()
    }

    /// Ends the run, and gives what happened.
    ///
    /// ```
    /// let mut sim = fanin::sim::Config::new().start(async { fanin::output(&7) });
    /// while sim.step() {}
    /// assert_eq!(sim.into_recording().outputs(), ["7"]);
    /// ```
    pub fn into_recording(mut self) -> Recording {
        std::mem::take(&mut *self.recording)
    }

    /// Ends the run, and gives what happened, in the place where it is.
    pub(crate) fn into_place(mut self) -> Box<Recording> {
        std::mem::take(&mut self.recording)
    }

    /// Makes this run the current one of the thread, which each step does otherwise.
    pub(crate) fn enter(&self) -> Entered {
        self.handle.enter()
    }

    /// Ends the run although some can move: all they do is to look at what nobody will change.
    pub(crate) fn diverge(&mut self) {
        self.core.lock().step += 1;
        self.end(Outcome::Diverged);
    }

    /// Does a queued operation and what follows it, up to the next one.
    fn perform(&mut self, id: TaskId, mut effect: Effect, depth: u32) {
        let entered = self.handle.enter();
        let mut faulted = false;
        let settled = loop {
            if let Err(fault) = effect() {
                self.core.fail(fault);
                faulted = true;
            }
            let mut state = self.core.lock();
            let Some(task) = state.task(id) else { break false };
            if let Some(next) = task.effects.pop_front_if(|q| q.op.is_none()) {
                effect = next.effect;
                continue;
            }
            task.depth = depth;
            break task.effects.is_empty() && std::mem::take(&mut task.settling);
        };
        self.core.lock().acting = false;
        drop(entered);
        if faulted {
            self.faulted(id);
        } else if settled {
            self.poll(id);
        }
    }

    fn poll(&mut self, id: TaskId) {
        let (future, waker) = &mut self.tasks[id.0 as usize - 1];
        let Some(future) = future else { return };
        let mut cx = Context::from_waker(waker);
        let _entered = self.handle.enter();
        let polled = catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(&mut cx)));
        let faulted = self.core.lock().polled(id);
        match polled {
            Ok(_) if faulted => self.die(id),
            Ok(Poll::Ready(())) => self.forget(id),
            Ok(Poll::Pending) => {}
            Err(payload) => self.panicked(id, &*payload),
        }
    }

    /// A queued operation faulted: the future catches it, or is dropped.
    fn faulted(&mut self, id: TaskId) {
        let fault = self.core.lock().task(id).and_then(|t| t.fault.clone());
        let caught = matches!(fault, Some((Fault::Panic(_), 1..)));
        if caught {
            self.poll(id);
        } else {
            self.die(id);
        }
    }

    /// Drops the future of a task by its fault; its deferred work queues as it goes.
    fn die(&mut self, id: TaskId) {
        let mut state = self.core.lock();
        if let Some(task) = state.task(id) {
            task.died = task.fault.take().map(|(fault, _)| fault);
            task.depth = 0;
            state.lost |= !matches!(task.died, None | Some(Fault::Goexit));
        }
        drop(state);
        self.forget(id);
    }

    fn forget(&mut self, id: TaskId) {
        if let Some(task) = self.core.lock().task(id) {
            task.gone = true;
            task.announced = None;
        }
        let future = self.tasks[id.0 as usize - 1].0.take();
        let entered = self.handle.enter();
        let dropped = catch_unwind(AssertUnwindSafe(|| drop(future)));
        drop(entered);
        if let Err(payload) = dropped {
            self.panicked(id, &*payload);
        }
    }

    /// A Rust panic came out of the task.
    fn panicked(&mut self, id: TaskId, payload: &(dyn Any + Send)) {
        use crate::probe::Probe;
        self.core.raise(Fault::panic(text_of(payload)));
        self.die(id);
    }

    /// Takes over the tasks that were started, and the news of the recording.
    fn collect(&mut self) {
        let mut state = self.core.lock();
        take_over(&mut self.tasks, &mut state, &self.core);
        state.hand_over(&mut self.recording);
    }

    /// Ends the run: what is left of it is dropped, unrecorded.
    pub(super) fn end(&mut self, outcome: Outcome) {
        self.collect();
        let (step, at) = {
            let state = self.core.lock();
            (state.step, state.now)
        };
        let what = What::Over { outcome: outcome.clone() };
        self.recording.events.push(Event { step, at, task: TaskId::CLOCK, what, place: None });
        self.recording.outcome = Some(outcome);
        self.clear();
    }

    fn clear(&mut self) {
        let mut state = self.core.lock();
        state.over = true;
        state.ready = Tasks::default();
        let timers = std::mem::take(&mut state.timers);
        let started = std::mem::take(&mut state.started);
        let queued: Vec<_> = state.tasks.iter_mut().flat_map(|t| t.effects.drain(..)).collect();
        drop(state);
        let _entered = self.handle.enter();
        drop((timers, started, queued));
        self.tasks.clear();
    }
}

/// Takes over the tasks that were started.
fn take_over(tasks: &mut Vec<Task>, state: &mut State, core: &Arc<Core>) {
    for future in state.started.drain(..) {
        let id = TaskId(u32::try_from(tasks.len() + 1).expect("within the limit"));
        tasks.push((Some(future), core.waker(id)));
    }
}

impl Drop for Sim {
    fn drop(&mut self) {
        self.clear();
    }
}

impl fmt::Debug for Sim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sim")
            .field("steps", &self.recording.steps())
            .field("outcome", &self.recording.outcome)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{probe::LimitKind, sim::Limits};
    use std::time::Duration;

    #[test]
    fn limits_end_a_run_and_say_which() {
        let limits = |limits: Limits| {
            let run = Config::new().limits(limits).run(async {
                loop {
                    crate::rt::time::sleep(Duration::from_secs(1)).await;
                    crate::go(async {});
                }
            });
            run.recording.outcome
        };
        let all = Limits::default();
        let minute = Duration::from_secs(60);
        let cases = [
            (Limits { steps: 10, ..all }, LimitKind::Steps(10)),
            (Limits { events: 20, ..all }, LimitKind::Events(20)),
            (Limits { tasks: 5, ..all }, LimitKind::Tasks(5)),
            (Limits { time: minute, ..all }, LimitKind::Time(60_000_000_000)),
        ];
        for (given, reached) in cases {
            assert_eq!(limits(given), Some(Outcome::Limit(reached)));
        }
    }
}
