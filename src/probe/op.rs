//! Visible operations.

use super::{Access, LockKind, ObjId, TaskId, Value};

/// One case of a select.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "sim", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum CaseOp {
    /// Would send this value.
    Send {
        /// The channel.
        ch: ObjId,
        /// The value.
        value: Value,
    },
    /// Would receive.
    Recv {
        /// The channel.
        ch: ObjId,
    },
    /// Switched off: Go's nil channel.
    Off,
}

/// A visible operation: what a task is about to do, does, or waits in.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "sim", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Op {
    /// Send a value on a channel.
    Send {
        /// The channel.
        ch: ObjId,
        /// The value.
        value: Value,
    },
    /// Receive from a channel.
    Recv {
        /// The channel.
        ch: ObjId,
    },
    /// Close a channel.
    Close {
        /// The channel.
        ch: ObjId,
    },
    /// Choose among cases.
    Select {
        /// In source order.
        cases: Vec<CaseOp>,
        /// Whether there is a default, so that the select never waits.
        default: bool,
    },
    /// Let the others run.
    Yield,
    /// Sleep.
    Sleep {
        /// For how long, in nanoseconds.
        nanos: u64,
    },
    /// Wait for a task's end.
    Join {
        /// Which task.
        task: TaskId,
    },
    /// Change the counter of a wait group.
    Add {
        /// The wait group.
        wg: ObjId,
        /// By how much.
        delta: i64,
    },
    /// Wait until the counter of a wait group is zero.
    Wait {
        /// The wait group.
        wg: ObjId,
    },
    /// Cancel a context.
    Cancel {
        /// The context.
        ctx: ObjId,
    },
    /// Take a lock, as soon as it can be had.
    Lock {
        /// The lock.
        lock: ObjId,
        /// Of what kind.
        kind: LockKind,
    },
    /// Take a lock if it can be had at once.
    TryLock {
        /// The lock.
        lock: ObjId,
        /// Of what kind.
        kind: LockKind,
    },
    /// Give a lock back.
    Unlock {
        /// The lock.
        lock: ObjId,
        /// Of what kind.
        kind: LockKind,
    },
    /// Give a mutex back and wait for a signal, in one.
    CondWait {
        /// The condition variable.
        cond: ObjId,
        /// The mutex.
        lock: ObjId,
    },
    /// Wake those who wait for a signal: the first, or all of them.
    Signal {
        /// The condition variable.
        cond: ObjId,
        /// Whether all.
        all: bool,
    },
    /// Take units of a semaphore, as soon as they can be had, unless a context ends before.
    Acquire {
        /// The semaphore.
        sema: ObjId,
        /// How many.
        units: i64,
        /// The context's done channel.
        done: ObjId,
    },
    /// Take units of a semaphore if they can be had at once.
    TryAcquire {
        /// The semaphore.
        sema: ObjId,
        /// How many.
        units: i64,
    },
    /// Give units of a semaphore back.
    Release {
        /// The semaphore.
        sema: ObjId,
        /// How many.
        units: i64,
    },
    /// Touch the content of an object.
    Access {
        /// The object.
        obj: ObjId,
        /// How.
        access: Access,
    },
    /// Wait until no other task can move.
    Idle,
    /// End the run, or the task, by a fault.
    Panic,
}

impl Op {
    /// What it is done to, if it cannot block, so that it is queued and not awaited.
    #[cfg(feature = "sim")]
    pub(crate) fn queued_on(&self) -> Option<ObjId> {
        match self {
            Self::Close { ch: obj }
            | Self::Add { wg: obj, .. }
            | Self::Cancel { ctx: obj }
            | Self::Unlock { lock: obj, .. }
            | Self::Signal { cond: obj, .. }
            | Self::Release { sema: obj, .. } => Some(*obj),
            _ => None,
        }
    }

    /// Go's word for a task that waits in this operation, as in its goroutine dump.
    ///
    /// ```
    /// use fanin::probe::{ObjId, Op};
    /// assert_eq!(Op::Recv { ch: ObjId(3) }.wait_reason(), "chan receive");
    /// assert_eq!(Op::Recv { ch: ObjId::NIL }.wait_reason(), "chan receive (nil chan)");
    /// ```
    pub fn wait_reason(&self) -> &'static str {
        match self {
            Self::Send { ch: ObjId::NIL, .. } => "chan send (nil chan)",
            Self::Send { .. } => "chan send",
            Self::Recv { ch: ObjId::NIL } => "chan receive (nil chan)",
            Self::Recv { .. } => "chan receive",
            Self::Select { cases, .. } if cases.is_empty() => "select (no cases)",
            Self::Select { .. } => "select",
            Self::Sleep { .. } => "sleep",
            Self::Wait { .. } => "sync.WaitGroup.Wait",
            Self::Join { .. } => "join",
            Self::Lock { kind, .. } => kind.wait_reason(),
            Self::CondWait { .. } => "sync.Cond.Wait",
            Self::Acquire { .. } => "semaphore.Acquire",
            Self::Idle => "synctest.Wait",
            Self::Close { .. }
            | Self::Yield
            | Self::Add { .. }
            | Self::Cancel { .. }
            | Self::TryLock { .. }
            | Self::Unlock { .. }
            | Self::Signal { .. }
            | Self::TryAcquire { .. }
            | Self::Release { .. }
            | Self::Access { .. }
            | Self::Panic => "running",
        }
    }
}
