//! What a step touches, and which steps depend on each other.
//!
//! Two steps of different tasks are independent if doing them in either order leads to the same state,
//! whatever the state they start from. The rules, per object:
//!
//! - sends on a channel depend on each other, and receives do (first come, first served), but a send and a
//!   receive do not: each is one attempt that completes or waits, and the other one completes it;
//! - but whoever has to wait for the other one goes on later, when more may have happened to the channel and elsewhere:
//!   if the code after one of them touches anything in passing, the two do depend on each other;
//! - a close depends on closes, sends and receives: also on a receive that finds nobody waiting, since in an equivalent order
//!   the sender that it meets may wait already;
//! - a select depends on whatever changes any of its channels, and so does a step that completes a waiting
//!   select, since that leaves the queues of all its channels;
//! - a look at an object, or a load, depends on what changes it; so do plain accesses in passing to the same
//!   memory, which changes nothing where no data race is: the operations that order them depend anyway;
//! - lockings of a mutex depend on each other, but a locking and an unlocking do not: no task comes to a mutex that
//!   is held before nobody else can move, so that the two are never a choice; they are where one unlocks what another
//!   one has locked, so that does depend;
//! - the code after an operation belongs to its step if that completes, and to a later one if it waits: what the
//!   code was seen to touch in passing counts for both, since the order of independent steps decides which it is;
//! - that code may look at something and go another way then: what a step was seen to touch in passing in any
//!   execution counts in all, since another step may have to come between it and what made it go this way;
//! - a task that was woken twice, or by the clock, or that waits in several operations at once, may find one of them not
//!   completed, and give it up: it looks at all that it waited for, and so do its later steps, as it may give up later;
//! - a timer that fires depends on one that is set for now, or that was due when it was stopped;
//! - other operations of one object (a read-write lock, a wait group ...) depend on each other, and so do outputs.

use super::few::Few;
use crate::probe::{self, CaseOp, Event, LockKind, ObjId, Op, Outcome, What};

/// How a step touches an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Access {
    /// Its queue of senders.
    Send,
    /// Its queue of receivers.
    Recv,
    /// A mutex, that nobody locks while it is held.
    Lock,
    /// Its queue: nobody else could move, and so somebody did.
    Queue,
    /// It was given back.
    Unlock,
    /// Its state was looked at, without a change.
    Look,
    /// All of it.
    Whole,
}

impl Access {
    /// True for a send and a receive.
    fn meets(self, other: Self) -> bool {
        matches!((self, other), (Self::Send, Self::Recv) | (Self::Recv, Self::Send))
    }

    fn depends(self, other: Self) -> bool {
        use Access::{Lock, Look, Queue, Recv, Send, Unlock};
        let independent = matches!(
            (self, other),
            (Send, Recv)
                | (Recv, Send)
                | (Look | Queue, Look)
                | (Lock | Queue, Unlock)
                | (Unlock, Lock | Queue)
                | (Look, Queue)
        );
        !independent
    }
}

/// An object, or an item of it, and how it is touched.
type Touch = (ObjId, Option<u32>, Access);

/// The objects that a step touches.
#[derive(Clone, Debug, Default)]
pub(super) struct Footprint {
    accesses: Few<Touch>,
    /// How many of these, the last, are not its own: they were seen in other executions.
    possible: usize,
    /// The clock moved, or the run ended: ordered with everything.
    barrier: bool,
    /// It sends or receives, and what follows touches something in passing.
    pub(super) goes_on: bool,
    /// It queues for a mutex, since nobody else can move: no choice of when, on which what may follow could depend.
    pub(super) queues: bool,
}

/// Stands for the program's output.
const OUTPUT: ObjId = ObjId(u32::MAX - 1);
/// Stands for the end of each task.
const END: ObjId = ObjId(u32::MAX - 2);
/// Stands for whether any task is left for which a timer would fire early.
const LIFE: ObjId = ObjId(u32::MAX - 4);
/// Stands for the wait for all others, which is for one task at a time.
const IDLE: ObjId = ObjId(u32::MAX - 3);

impl Footprint {
    /// Of a step that did `op` and led to `events`.
    pub(super) fn of(op: Option<&Op>, events: &[Event], early_timers: bool) -> Self {
        let mut print = Self::default();
        if let Some(op) = op {
            print.touch_op(op);
        }
        for e in events {
            match &e.what {
                What::Chosen { case, .. } => print.touch_chosen(op, *case),
                What::Advance { .. } => print.barrier = !early_timers,
                What::Fire => {
                    print.touch(ObjId::TIME, Access::Whole);
                    if early_timers {
                        print.touch(LIFE, Access::Whole);
                    }
                }
                // Whoever joins it may give up.
                What::End { .. } => print.touch_part(END, Some(e.task.0), Access::Whole),
                // It ends the run for all.
                What::Over { outcome: Outcome::Exited | Outcome::Faulted { .. } } => print.barrier = true,
                What::Send { ch, .. } if !matches!(op, Some(Op::Send { .. })) => {
                    print.touch(*ch, Access::Whole);
                }
                What::Access { obj, access: probe::Access::Read, .. } => print.touch(*obj, Access::Look),
                What::Acquire { lock, kind: LockKind::Mutex, holder } if *holder == e.task => {
                    let tried = matches!(op, Some(Op::TryLock { .. }));
                    print.touch(*lock, if tried { Access::Whole } else { Access::Lock });
                }
                What::Park { op: Op::Lock { lock, kind: LockKind::Mutex } } => {
                    print.touch(*lock, Access::Queue);
                }
                What::Park { op: op @ (Op::Select { .. } | Op::Acquire { .. }) } => {
                    print.touch_cases(op, Access::Whole);
                }
                What::Park { op } => print.touch_op(op),
                What::Unreceive { ch: obj, .. }
                | What::Acquire { lock: obj, .. }
                | What::Access { obj, .. } => {
                    print.touch(*obj, Access::Whole);
                }
                what => print.touch_in_passing(what),
            }
        }
        print
    }

    fn touch_op(&mut self, op: &Op) {
        match op {
            Op::Send { ch, .. } => self.touch(*ch, Access::Send),
            Op::Recv { ch } => self.touch(*ch, Access::Recv),
            // What came of it tells more: it took a case, or waits.
            Op::Select { .. } | Op::Acquire { .. } => self.touch_cases(op, Access::Look),
            Op::Access { obj, .. } | Op::TryLock { lock: obj, .. } | Op::TryAcquire { sema: obj, .. } => {
                self.touch(*obj, Access::Look);
            }
            Op::Lock { kind: LockKind::Mutex, .. } => {}
            Op::CondWait { cond, lock } => {
                self.touch(*cond, Access::Whole);
                self.touch(*lock, Access::Unlock);
            }
            Op::Unlock { lock, kind: LockKind::Mutex } => self.touch(*lock, Access::Unlock),
            // Also a close that fails, since the channel is closed.
            Op::Close { ch: obj }
            | Op::Add { wg: obj, .. }
            | Op::Wait { wg: obj }
            | Op::Cancel { ctx: obj }
            | Op::Lock { lock: obj, .. }
            | Op::Unlock { lock: obj, .. }
            | Op::Signal { cond: obj, .. }
            | Op::Release { sema: obj, .. } => self.touch(*obj, Access::Whole),
            Op::Idle => self.touch(IDLE, Access::Whole),
            Op::Yield | Op::Sleep { .. } | Op::Join { .. } | Op::Panic => {}
        }
    }

    /// All that an operation waits for.
    pub(super) fn touch_awaited(&mut self, op: &Op, access: Access) {
        match op {
            Op::Select { .. } | Op::Acquire { .. } => self.touch_cases(op, access),
            Op::Send { ch: obj, .. }
            | Op::Recv { ch: obj }
            | Op::Lock { lock: obj, .. }
            | Op::Wait { wg: obj }
            | Op::CondWait { cond: obj, .. } => self.touch(*obj, access),
            Op::Join { task } => self.touch_part(END, Some(task.0), access),
            // Nobody waits in these, or for the clock alone.
            Op::Sleep { .. }
            | Op::Idle
            | Op::Yield
            | Op::Panic
            | Op::Close { .. }
            | Op::Add { .. }
            | Op::Cancel { .. }
            | Op::TryLock { .. }
            | Op::Unlock { .. }
            | Op::Signal { .. }
            | Op::TryAcquire { .. }
            | Op::Release { .. }
            | Op::Access { .. } => {}
        }
    }

    /// A task ends; after the last one no timer fires early.
    pub(super) fn end(&mut self, last: bool) {
        self.touch(LIFE, if last { Access::Whole } else { Access::Look });
    }

    pub(super) fn touch(&mut self, obj: ObjId, access: Access) {
        self.touch_part(obj, None, access);
    }

    fn touch_part(&mut self, obj: ObjId, index: Option<u32>, access: Access) {
        if obj != ObjId::NIL && self.accesses.iter().all(|known| *known != (obj, index, access)) {
            self.accesses.push((obj, index, access));
        }
    }

    /// The case that a select took.
    fn touch_chosen(&mut self, op: Option<&Op>, case: u32) {
        if let Some(Op::Select { cases, .. }) = op
            && let Some(CaseOp::Send { ch, .. } | CaseOp::Recv { ch }) = cases.get(case as usize)
        {
            self.touch(*ch, Access::Whole);
        }
    }

    /// All that a select looks at or waits for, or a wait that is like one.
    pub(super) fn touch_cases(&mut self, op: &Op, access: Access) {
        match op {
            Op::Select { cases, .. } => {
                for case in cases {
                    if let CaseOp::Send { ch, .. } | CaseOp::Recv { ch } = case {
                        self.touch(*ch, access);
                    }
                }
            }
            // Its wait is a select between the units and the end of the context.
            Op::Acquire { sema, done, .. } => {
                self.touch(*sema, access);
                self.touch(*done, access);
            }
            _ => {}
        }
    }

    /// What the code after an operation touches on the way to the next one: also by what was queued, where that is
    /// done before its turn since the code looks at the result.
    pub(super) fn in_passing(op: Option<&Op>, events: &[Event]) -> Self {
        let mut print = Self::default();
        let own = op.and_then(Op::queued_on);
        for e in events {
            match &e.what {
                What::Close { ch: obj }
                | What::Cancel { ctx: obj, .. }
                | What::Count { wg: obj, .. }
                | What::Release { lock: obj, .. }
                | What::Signal { cond: obj, .. }
                | What::Units { sema: obj, .. }
                    if Some(*obj) == own => {}
                what => print.touch_in_passing(what),
            }
        }
        print
    }

    fn touch_in_passing(&mut self, what: &What) {
        match what {
            What::Look { obj } => self.touch(*obj, Access::Look),
            What::Release { lock, kind: LockKind::Mutex } => self.touch(*lock, Access::Unlock),
            What::Close { ch: obj }
            | What::Cancel { ctx: obj, .. }
            | What::Count { wg: obj, .. }
            | What::Release { lock: obj, .. }
            | What::Signal { cond: obj, .. }
            | What::Units { sema: obj, .. } => self.touch(*obj, Access::Whole),
            What::Memory { obj, index, access, .. } => {
                let touch = if *access == probe::Access::Read { Access::Look } else { Access::Whole };
                self.touch_part(*obj, *index, touch);
            }
            What::Output { .. } => self.touch(OUTPUT, Access::Whole),
            // What an operation led to is told by the operation, and the rest is known to its own task alone.
            What::Go { .. }
            | What::Start
            | What::Next { .. }
            | What::Park { .. }
            | What::Wake { .. }
            | What::Make { .. }
            | What::Send { .. }
            | What::Admit { .. }
            | What::Recv { .. }
            | What::Drained { .. }
            | What::Unreceive { .. }
            | What::Chosen { .. }
            | What::Default
            | What::Yield
            | What::Acquire { .. }
            | What::Leave { .. }
            | What::Access { .. }
            | What::Arm { .. }
            | What::Tick { .. }
            | What::Joined { .. }
            | What::Advance { .. }
            | What::Fire
            | What::Fault { .. }
            | What::Recover
            | What::End { .. }
            | What::Over { .. } => {}
        }
    }

    /// True if nothing is touched.
    pub(super) fn is_empty(&self) -> bool {
        self.accesses.is_empty()
    }

    /// Touches what another one does; true if that is more.
    pub(super) fn add(&mut self, other: &Self) -> bool {
        let before = self.accesses.len();
        for (obj, index, access) in other.accesses.iter() {
            self.touch_part(*obj, *index, *access);
        }
        self.accesses.len() > before
    }

    /// May touch what another one does.
    pub(super) fn may(&mut self, known: &Self) {
        let own = self.accesses.len();
        self.add(known);
        self.possible = self.accesses.len() - own;
    }

    /// Of the same step, should the mutex be free for it.
    pub(super) fn as_if_free(&self) -> Self {
        Self { queues: false, ..self.clone() }
    }

    /// What it does touch.
    fn own(&self) -> impl Iterator<Item = &Touch> {
        self.accesses.iter().take(self.accesses.len() - self.possible)
    }

    /// What decides on the order of steps.
    fn ordered(&self) -> impl Iterator<Item = &Touch> {
        let unordered = if self.queues { self.possible } else { 0 };
        self.accesses.iter().take(self.accesses.len() - unordered)
    }

    /// True if there is an object that both do touch.
    pub(super) fn meets(&self, other: &Self) -> bool {
        self.own().any(|(obj, ..)| other.own().any(|(o, ..)| obj == o))
    }

    pub(super) fn depends(&self, other: &Self) -> bool {
        if self.barrier || other.barrier {
            return true;
        }
        let meet = self.goes_on || other.goes_on;
        self.ordered().any(|(obj, index, a)| {
            let depends = |b| a.depends(b) || meet && a.meets(b);
            other.ordered().any(|(o, i, b)| (obj, index) == (o, i) && depends(*b))
        })
    }
}
