//! The state of a run: its tasks, its clock, and what it has recorded.

use super::{Choice, Config, Limits, Pick, Recording, choice::Strategy, show::Shown, tasks::Tasks};
use crate::{
    probe::{Effect, Ending, Event, Fault, LimitKind, Line, ObjId, Op, Outcome, TaskId, What},
    rt::Alarms,
};
use futures::{channel::oneshot, future::BoxFuture};
use std::collections::VecDeque;

pub(super) struct State {
    pub(super) run: u32,
    pub(super) shown: Shown,
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
    /// How many timers will not fire.
    pub(super) missed: u64,
    events: u32,
    pub(super) objects: u32,
    pub(super) items: u32,
    pub(super) tickets: u32,
    pub(super) strategy: Box<dyn Strategy>,
    /// Take the place of what the strategy would pick in this step.
    pub(super) forced: VecDeque<u32>,
    /// A limit was reached: the run is to end so.
    pub(super) reached: Option<Outcome>,
    /// What happened.
    pub(super) recording: Recording,
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
        self.lives() && (self.woken || !self.waits())
    }

    /// Only a wake lets it go on.
    fn waits(&self) -> bool {
        self.lives() && self.started && self.effects.is_empty() && self.announced.is_none() && !self.gone
    }
}

impl State {
    pub(super) fn new(run: u32, mut config: Config) -> Self {
        let mut recording = std::mem::take(&mut config.spent);
        recording.clear();
        recording.seed = config.seed;
        Self {
            run,
            shown: std::mem::take(&mut config.shown),
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
            missed: 0,
            events: 0,
            objects: 0,
            items: 0,
            tickets: 0,
            strategy: config.take_strategy(),
            forced: VecDeque::new(),
            reached: None,
            recording,
        }
    }

    pub(super) fn task(&self, id: TaskId) -> Option<&TaskState> {
        self.tasks.get((id.0 as usize).checked_sub(1)?)
    }

    pub(super) fn task_mut(&mut self, id: TaskId) -> Option<&mut TaskState> {
        self.tasks.get_mut((id.0 as usize).checked_sub(1)?)
    }

    pub(super) fn actor(&mut self) -> Option<&mut TaskState> {
        self.task_mut(self.actor)
    }

    /// Takes note of whether a task can move, after a change.
    pub(super) fn refresh(&mut self, id: TaskId) {
        if !self.over && self.task(id).is_some_and(TaskState::can_move) {
            self.ready.insert(id);
        } else {
            self.ready.remove(id);
        }
    }

    #[inline]
    pub(super) fn record(&mut self, task: TaskId, what: What, line: Option<Line>) {
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
        let picked = self.forced.pop_front().unwrap_or_else(|| self.strategy.pick(choice, of)).min(of - 1);
        self.recording.picks.push(Pick { step: self.step, choice, of, picked });
        picked
    }

    /// Something wakes a task, perhaps not the first before it goes on.
    pub(super) fn wake(&mut self, id: TaskId) {
        let actor = self.actor;
        let Some(task) = self.task_mut(id) else { return };
        let was_woken = std::mem::replace(&mut task.woken, true);
        let tells = task.waits() && (!was_woken || task.parked.is_some());
        self.refresh(id);
        if tells && actor != id {
            self.record(actor, What::Wake { task: id }, None);
        }
    }

    /// Records that the clock was looked at, where it matters when a timer fires: also where one that is `due` comes or goes.
    pub(super) fn tell_clock(&mut self, due: bool) {
        if self.early_timers || due {
            let actor = self.actor;
            self.record(actor, What::Look { obj: ObjId::TIME }, None);
        }
    }

    /// Records that a task waits on, where it was woken for nothing.
    pub(super) fn tell_wait(&mut self, id: TaskId) {
        let Some(task) = self.task_mut(id) else { return };
        if !task.can_move()
            && let Some(parked) = &mut task.parked
            && !std::mem::replace(&mut parked.told, true)
        {
            let (op, line) = (parked.op.clone(), parked.line);
            self.record(id, What::Park { op }, Some(line));
        }
    }

    /// Records what a task is about to do, once it is clear.
    pub(super) fn tell_next(&mut self, id: TaskId) {
        let Some(task) = self.task_mut(id) else { return };
        if !task.told
            && let Some((op, line)) = task.next().cloned()
        {
            task.told = true;
            self.record(id, What::Next { op }, Some(line));
        }
    }
}
