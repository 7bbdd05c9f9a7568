//! The state of a run, shared between the executor and the hooks.

use super::{Choice, Config, Limits, Pick, Recording, choice::Strategy, show::Shown, tasks::Tasks};
use crate::{
    lock::{Brief, Lock, lock},
    probe::{self, Effect, Ending, Event, Fault, LimitKind, Line, ObjId, Op, Outcome, Probe, TaskId, What},
    rt::{Alarms, Runtime, TimerId, time::Instant},
};
use futures::{channel::oneshot, future::BoxFuture};
use std::{
    collections::VecDeque,
    panic::Location,
    sync::{
        Arc, Weak,
        atomic::{AtomicU32, Ordering},
    },
    task::{Wake, Waker},
};

/// Tells runs apart, so that an object of one is not used in another. Not part of a recording.
static RUNS: AtomicU32 = AtomicU32::new(1);

pub(super) struct Core {
    pub(super) run: u32,
    pub(super) shown: Shown,
    me: Weak<Self>,
    state: Brief<State>,
}

pub(super) struct State {
    pub(super) limits: Limits,
    pub(super) exit_with_main: bool,
    pub(super) outlive_panics: bool,
    pub(super) early_timers: bool,
    pub(super) now: u64,
    pub(super) step: u32,
    /// Who acts: a task that is polled, or the clock.
    pub(super) actor: TaskId,
    /// The line of the operation that is being done.
    pub(super) line: Option<Line>,
    /// The polled task may do the operation that it has announced.
    pub(super) grant: bool,
    /// A queued operation is being done.
    pub(super) acting: bool,
    /// Whom to tell that no task can move.
    pub(super) idle: Option<oneshot::Sender<()>>,
    /// After the end: nothing is recorded, and effects are dropped.
    pub(super) over: bool,
    pub(super) tasks: Vec<TaskState>,
    /// Those that can move.
    pub(super) ready: Tasks,
    /// How many have begun, and not ended.
    pub(super) living: u32,
    /// Some task has died of more than Goexit.
    pub(super) lost: bool,
    /// Started in this step, and not yet with the executor.
    pub(super) started: Vec<BoxFuture<'static, ()>>,
    pub(super) timers: Alarms,
    /// How many timers were cancelled before they fired.
    pub(super) cancelled: u64,
    events: u32,
    pub(super) objects: u32,
    pub(super) items: u32,
    pub(super) tickets: u32,
    pub(super) strategy: Box<dyn Strategy>,
    /// Takes the place of the strategy's next pick.
    pub(super) forced: Option<u32>,
    /// A limit was reached: the run is to end so.
    pub(super) reached: Option<Outcome>,
    /// The run's recording while a step is done; between steps, what happens then.
    pub(super) recording: Box<Recording>,
}

/// An operation that cannot block, waiting for its turn; or, without one, what follows the one before.
pub(super) struct Queued {
    pub(super) op: Option<(Op, Line)>,
    pub(super) depth: u32,
    /// Also done after a panic.
    pub(super) deferred: bool,
    pub(super) effect: Effect,
}

/// An operation that a task has come to.
pub(super) struct Announced {
    pub(super) op: (Op, Line),
    pub(super) ticket: u32,
}

/// An operation that a task waits in.
pub(super) struct Parked {
    pub(super) op: Op,
    pub(super) line: Line,
    /// It is in the recording since the task was last woken.
    pub(super) told: bool,
}

#[derive(Default)]
pub(super) struct TaskState {
    pub(super) born: bool,
    pub(super) started: bool,
    /// The future is gone: returned, or dropped by a fault.
    pub(super) gone: bool,
    pub(super) ended: Option<Ending>,
    pub(super) announced: Option<Announced>,
    /// What the task would do instead, when it has given up what it had announced.
    pub(super) instead: Option<Announced>,
    /// The announced operation, or the first effect, is in the recording.
    pub(super) told: bool,
    pub(super) woken: bool,
    /// What the task waits in, while it does.
    pub(super) parked: Option<Parked>,
    pub(super) effects: VecDeque<Queued>,
    /// The task is to be polled once its effects are done.
    pub(super) settling: bool,
    /// How many regions that catch faults the task is in.
    pub(super) depth: u32,
    /// A fault, and the depth at which it was raised.
    pub(super) fault: Option<(Fault, u32)>,
    /// The fault that the task died of.
    pub(super) died: Option<Fault>,
}

impl TaskState {
    /// What the task would do if it were chosen.
    pub(super) fn next(&self) -> Option<&(Op, Line)> {
        self.effects.front().map_or(self.announced.as_ref().map(|a| &a.op), |q| q.op.as_ref())
    }

    /// It has begun, and not ended. What is started after a panic never begins.
    pub(super) fn lives(&self) -> bool {
        self.born && self.ended.is_none()
    }

    pub(super) fn can_move(&self) -> bool {
        self.lives() && (!self.started || !self.effects.is_empty() || self.announced.is_some() || self.woken)
    }
}

impl State {
    pub(super) fn task(&mut self, id: TaskId) -> Option<&mut TaskState> {
        self.tasks.get_mut((id.0 as usize).checked_sub(1)?)
    }

    pub(super) fn actor(&mut self) -> Option<&mut TaskState> {
        self.task(self.actor)
    }

    /// Takes note of whether a task can move, after a change.
    pub(super) fn refresh(&mut self, id: TaskId) {
        if !self.over && self.task(id).is_some_and(|task| task.can_move()) {
            self.ready.insert(id);
        } else {
            self.ready.remove(id);
        }
    }

    #[inline]
    pub(super) fn emit(&mut self, task: TaskId, what: What, line: Option<Line>) {
        if let Some(place) = self.place(task, line) {
            *place = what;
        }
    }

    /// The place of one more event, to be written there at once: an event is larger than is well copied.
    pub(super) fn place(&mut self, task: TaskId, line: Option<Line>) -> Option<&mut What> {
        if self.over {
            return None;
        }
        self.events += 1;
        if self.events > self.limits.events {
            self.reached = Some(Outcome::Limit(LimitKind::Events(self.limits.events)));
            return None;
        }
        let place = line.or(self.line).map(Into::into);
        let event = Event { step: self.step, at: self.now, task, what: What::Start, place };
        self.recording.events.push(event);
        self.recording.events.last_mut().map(|e| &mut e.what)
    }

    pub(super) fn pick(&mut self, choice: Choice, of: u32) -> u32 {
        if of < 2 {
            return 0;
        }
        let picked = self.forced.take().unwrap_or_else(|| self.strategy.pick(choice, of)).min(of - 1);
        self.recording.picks.push(Pick { step: self.step, choice, of, picked });
        picked
    }

    /// Records that the clock was looked at, where it matters when a timer fires.
    fn tell_clock(&mut self) {
        if self.early_timers {
            let actor = self.actor;
            self.emit(actor, What::Look { obj: ObjId::TIME }, None);
        }
    }

    /// Records that a task waits on, where it was woken for nothing.
    pub(super) fn tell_wait(&mut self, id: TaskId) {
        let Some(task) = self.task(id) else { return };
        if !task.can_move()
            && let Some(parked) = &mut task.parked
            && !std::mem::replace(&mut parked.told, true)
        {
            let (op, line) = (parked.op.clone(), parked.line);
            self.emit(id, What::Park { op }, Some(line));
        }
    }

    /// Records what a task is about to do, once it is clear.
    pub(super) fn tell_next(&mut self, id: TaskId) {
        let Some(task) = self.task(id) else { return };
        if !task.told
            && let Some((op, line)) = task.next().cloned()
        {
            task.told = true;
            self.emit(id, What::Next { op }, Some(line));
        }
    }
}

impl Core {
    pub(super) fn new(mut config: Config) -> Arc<Self> {
        let mut recording = std::mem::take(&mut config.spent);
        recording.clear();
        recording.seed = config.seed;
        let state = State {
            limits: config.limits,
            exit_with_main: config.exit_with_main,
            outlive_panics: config.outlive_panics,
            early_timers: config.early_timers,
            now: 0,
            step: 0,
            actor: TaskId::CLOCK,
            line: None,
            grant: false,
            acting: false,
            idle: None,
            over: false,
            tasks: Vec::new(),
            ready: Tasks::default(),
            living: 0,
            lost: false,
            started: Vec::new(),
            timers: Alarms::default(),
            cancelled: 0,
            events: 0,
            objects: 0,
            items: 0,
            tickets: 0,
            strategy: config.take_strategy(),
            forced: None,
            reached: None,
            recording,
        };
        Arc::new_cyclic(|me| Self {
            run: RUNS.fetch_add(1, Ordering::Relaxed),
            shown: config.shown,
            me: me.clone(),
            state: Brief::new(state),
        })
    }

    pub(super) fn lock(&self) -> <Brief<State> as Lock>::Guard<'_> {
        lock(&self.state)
    }

    /// A queued operation of the acting task faults: of what it has queued after it only deferred work
    /// happens.
    pub(super) fn fail(&self, fault: Fault) {
        self.raise(fault);
        let mut state = self.lock();
        let Some(task) = state.actor() else { return };
        let queued = std::mem::take(&mut task.effects).into_iter();
        let (deferred, dropped): (VecDeque<_>, VecDeque<_>) = queued.partition(|q| q.deferred);
        task.effects = deferred;
        drop(state);
        drop(dropped);
    }

    /// Does a queued operation; true if it faulted.
    pub(super) fn perform(&self, effect: Effect) -> bool {
        let before = std::mem::replace(&mut self.lock().acting, true);
        let done = effect();
        self.lock().acting = before;
        done.map_err(|fault| self.fail(fault)).is_err()
    }

    pub(super) fn waker(self: &Arc<Self>, task: TaskId) -> Waker {
        Waker::from(Arc::new(TaskWaker { core: self.clone(), task }))
    }

    fn wake(&self, id: TaskId) {
        let mut state = self.lock();
        let actor = state.actor;
        let Some(task) = state.task(id) else { return };
        let was_blocked = task.started && !task.can_move() && task.ended.is_none() && !task.gone;
        task.woken = true;
        state.refresh(id);
        if was_blocked && actor != id {
            state.emit(actor, What::Wake { task: id }, None);
        }
    }
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

impl Runtime for Core {
    fn spawn(&self, task: BoxFuture<'static, ()>, at: &'static Location<'static>) -> TaskId {
        let mut state = self.lock();
        if state.over {
            drop(state);
            drop(task);
            return TaskId::CLOCK;
        }
        if state.tasks.len() >= state.limits.tasks as usize {
            state.reached = Some(Outcome::Limit(LimitKind::Tasks(state.limits.tasks)));
        }
        let name = probe::label();
        state.tasks.push(TaskState::default());
        state.started.push(task);
        let child = TaskId(u32::try_from(state.tasks.len()).expect("within the limit"));
        drop(state);
        // What the parent did before comes before the birth.
        let me = self.me.clone();
        probe::follow(move || {
            let Some(core) = me.upgrade() else { return };
            let mut state = core.lock();
            let actor = state.actor;
            state.emit(actor, What::Go { child, name }, Some(at));
            if let Some(task) = state.task(child) {
                task.born = true;
                state.living += 1;
                state.refresh(child);
            }
        });
        child
    }

    fn now(&self) -> Instant {
        let mut state = self.lock();
        state.tell_clock();
        Instant::from_nanos(state.now)
    }

    fn set_timer(&self, at: Instant, waker: Waker) -> TimerId {
        let mut state = self.lock();
        if state.over {
            drop(state);
            drop(waker);
            return TimerId(0);
        }
        state.tell_clock();
        state.timers.set(at, waker).0
    }

    fn cancel_timer(&self, timer: TimerId) {
        let mut state = self.lock();
        state.tell_clock();
        let waker = state.timers.cancel(timer);
        state.cancelled += u64::from(waker.is_some());
        drop(state);
        drop(waker);
    }

    fn choose(&self, n: u32) -> u32 {
        self.lock().pick(Choice::Among, n)
    }

    fn probe(&self) -> probe::Installed {
        let me = self.me.upgrade().map(|me| me as Arc<dyn Probe>);
        probe::Installed(me)
    }
}
