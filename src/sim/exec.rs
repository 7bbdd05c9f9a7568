//! The executor: one step at a time.

use super::{
    Choice, Config, Recording, Strategy,
    core::Core,
    lend::Owned,
    moves::Movers,
    state::{State, TaskState},
    turn::{Performed, Turn},
};
use crate::{
    probe::{Effect, Ending, Fault, Op, Outcome, Probe, TaskId},
    rt::{Entered, Handle, text_of},
};
use futures::future::BoxFuture;
use std::{
    any::Any,
    fmt,
    future::Future,
    panic::resume_unwind,
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
    core: Arc<Core>,
    pub(super) state: Owned,
    tasks: Vec<Task>,
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
        let core = Core::new();
        let state = Owned::new(Handle::new(core.clone()), State::new(core.run, config));
        let mut sim = Self { core, state, tasks: Vec::new() };
        sim.run(|| drop(crate::rt::go(main)));
        sim.take_over();
        sim
    }

    /// Runs a piece of code that panics only if the caller is to.
    pub(super) fn run<R>(&mut self, code: impl FnOnce() -> R) -> R {
        self.state.lend(code).unwrap_or_else(|panic| resume_unwind(panic))
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
        let mut movers = Movers::default();
        self.state.movers(&mut movers);
        let next = |task| self.state.task(task).and_then(|t| t.next().map(|(op, _)| op.clone()));
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
        self.step_by(None)
    }

    fn step_by(&mut self, pick: Option<u32>) -> bool {
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
        self.step_to(pick, &[])
    }

    fn can_move(&mut self) -> bool {
        self.hear();
        self.state.count() > 0
    }

    /// Takes in what was woken between steps.
    pub(super) fn hear(&mut self) {
        for task in self.core.woken() {
            self.state.wake(task);
        }
    }

    /// Takes one of the things that can be done, of which there are some: the given one, with these choices within it.
    /// What is not given is the strategy's choice.
    pub(crate) fn step_to(&mut self, pick: Option<u32>, within: &[u32]) -> bool {
        match self.state.begin(pick, within) {
            Turn::Poll(task) => self.poll(task),
            Turn::Perform { task, effect, depth } => self.perform(task, effect, depth),
            Turn::Fire(waker) => self.run(|| waker.wake()),
            Turn::Over => {}
        }
        self.state.settle();
        self.take_over();
        match self.state.ending() {
            None => true,
            Some(outcome) => {
                self.end(outcome);
                false
            }
        }
    }

    /// Nothing can move any more.
    fn come_to_rest(&mut self) {
        self.state.step += 1;
        let main = self.state.task(TaskId::MAIN).and_then(|t| t.ended);
        self.end(match main {
            Some(Ending::Returned) => Outcome::Returned,
            Some(Ending::Goexit) if self.state.living == 0 => Outcome::MainGone,
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
        let pick = (self.state.count() > 1).then_some(index);
        self.step_by(pick)
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
        self.state.step += 1;
        self.state.line = None;
        self.run(f);
        self.take_over();
    }

    /// What happened so far.
    ///
    /// ```
    /// let mut sim = fanin::sim::Config::new().start(async { fanin::output(&7) });
    /// while sim.step() {}
    /// assert_eq!(sim.recording().outputs(), ["7"]);
    /// ```
    pub fn recording(&self) -> &Recording {
        &self.state.recording
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
        self.state.recording.outcome.as_ref()
    }

    /// Ends the run, and gives what happened.
    ///
    /// ```
    /// let mut sim = fanin::sim::Config::new().start(async { fanin::output(&7) });
    /// while sim.step() {}
    /// assert_eq!(sim.into_recording().outputs(), ["7"]);
    /// ```
    pub fn into_recording(mut self) -> Recording {
        std::mem::take(&mut self.state.recording)
    }

    /// Makes this run the current one of the thread, which each step does otherwise.
    pub(crate) fn enter(&self) -> Entered {
        self.state.handle().enter()
    }

    /// Leaves the choices to another strategy from now on.
    pub(crate) fn choose_by(&mut self, strategy: impl Strategy + 'static) {
        self.state.strategy = Box::new(strategy);
    }

    /// A choice by the strategy that is not recorded.
    pub(crate) fn among(&mut self, of: u32) -> u32 {
        self.state.strategy.pick(Choice::Among, of)
    }

    /// Ends the run although some can move: all they do is to look at what nobody will change.
    pub(crate) fn diverge(&mut self) {
        self.state.step += 1;
        self.end(Outcome::Diverged);
    }

    /// Does a queued operation and what follows it, up to the next one.
    fn perform(&mut self, id: TaskId, mut effect: Effect, depth: u32) {
        let mut faulted = false;
        let settled = loop {
            if let Err(fault) = self.run(effect) {
                let dropped = self.state.fail(fault);
                self.run(|| drop(dropped));
                faulted = true;
            }
            match self.state.performed(id, depth) {
                Performed::Followed(next) => effect = next,
                Performed::All { settled } => break settled,
            }
        };
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
        let polled = self.state.lend(|| future.as_mut().poll(&mut cx));
        let faulted = self.state.polled(id);
        match polled {
            Ok(_) if faulted => self.die(id),
            Ok(Poll::Ready(())) => self.forget(id),
            Ok(Poll::Pending) => {}
            Err(payload) => self.panicked(id, &*payload),
        }
    }

    /// A queued operation faulted: the future catches it, or is dropped.
    fn faulted(&mut self, id: TaskId) {
        let caught = |task: &TaskState| matches!(task.fault, Some((Fault::Panic(_), 1..)));
        if self.state.task(id).is_some_and(caught) {
            self.poll(id);
        } else {
            self.die(id);
        }
    }

    /// Drops the future of a task by its fault; its deferred work queues as it goes.
    fn die(&mut self, id: TaskId) {
        self.state.die(id);
        self.forget(id);
    }

    fn forget(&mut self, id: TaskId) {
        self.state.forget(id);
        let future = self.tasks[id.0 as usize - 1].0.take();
        if let Err(payload) = self.state.lend(|| drop(future)) {
            self.panicked(id, &*payload);
        }
    }

    /// A Rust panic came out of the task.
    fn panicked(&mut self, id: TaskId, payload: &(dyn Any + Send)) {
        self.state.raise(Fault::panic(text_of(payload)));
        self.die(id);
    }

    /// Takes over the tasks that were started.
    fn take_over(&mut self) {
        for future in self.state.started.drain(..) {
            let id = TaskId(u32::try_from(self.tasks.len() + 1).expect("within the limit"));
            self.tasks.push((Some(future), self.core.waker(id)));
        }
    }

    /// Ends the run: what is left of it is dropped, unrecorded.
    pub(super) fn end(&mut self, outcome: Outcome) {
        self.take_over();
        self.state.over(outcome);
        self.clear();
    }

    fn clear(&mut self) {
        if !self.state.over {
            let left = (self.state.close(), std::mem::take(&mut self.tasks));
            self.run(|| drop(left));
        }
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
            .field("steps", &self.recording().steps())
            .field("outcome", &self.outcome())
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
