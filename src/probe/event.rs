//! The data of a recording: ids, operations, events.
//!
//! Plain data only. Every number is a `u32`, `u64` or `i64`, so that a recording made natively and
//! one made in the browser are the same.

use super::{Access, LockKind, Op, Outcome};
use std::{borrow::Cow, fmt, panic::Location, sync::Arc};

/// A task of a run: `g1` is main, the others are numbered in the order in which they were started.
///
/// ```
/// assert_eq!(fanin::probe::TaskId(3).to_string(), "g3");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "sim", derive(serde::Serialize, serde::Deserialize))]
pub struct TaskId(pub u32);

impl TaskId {
    /// The task that the run was started with.
    pub const MAIN: Self = Self(1);
    /// The virtual clock, which acts when a timer fires.
    pub const CLOCK: Self = Self(0);
}

impl fmt::Display for TaskId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Self::CLOCK { f.write_str("clock") } else { write!(f, "g{}", self.0) }
    }
}

/// An object of a run (a channel, a wait group, a context ...), numbered in the order of making.
///
/// ```
/// assert_eq!(fanin::probe::ObjId(2).to_string(), "#2");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "sim", derive(serde::Serialize, serde::Deserialize))]
pub struct ObjId(pub u32);

impl ObjId {
    /// What a handle that nobody else shares stands for: Go's nil channel.
    pub const NIL: Self = Self(0);

    /// The clock, where a run records who looks at it.
    pub const TIME: Self = Self(u32::MAX);
}

impl fmt::Display for ObjId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Self::NIL { f.write_str("nil") } else { write!(f, "#{}", self.0) }
    }
}

/// One message of a run: the same number from the send to the receive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "sim", derive(serde::Serialize, serde::Deserialize))]
pub struct Item(pub u32);

/// What kind of object an [`ObjId`] stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "sim", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum ObjKind {
    /// A channel with this capacity.
    Chan {
        /// How many values it holds without a receiver.
        cap: u32,
    },
    /// The channel of a timer or ticker.
    Timer,
    /// A wait group.
    WaitGroup,
    /// A mutex.
    Mutex,
    /// A read-write lock.
    RwLock,
    /// A condition variable.
    Cond,
    /// A function that runs once.
    Once,
    /// An atomic value.
    Atomic,
    /// A concurrent map.
    Map,
    /// A pool of things to use again.
    Pool,
    /// A plain variable.
    Var,
    /// The array behind plain slices.
    Array,
    /// The entries behind the headers of a plain map.
    PlainMap,
    /// A weighted semaphore.
    Semaphore {
        /// How many units there are.
        size: i64,
    },
    /// A group of tasks, or of calls.
    Group,
    /// A context that can end, and the one it was derived from.
    Context {
        /// The nearest ancestor that can end, or [`ObjId::NIL`].
        parent: ObjId,
        /// Its done channel.
        done: ObjId,
        /// True if nobody has it: a task is to start when its parent ends.
        #[cfg_attr(feature = "sim", serde(default, skip_serializing_if = "std::ops::Not::not"))]
        after_func: bool,
    },
}

/// A value in transit, as far as the run was told how to show it.
///
/// ```
/// use fanin::probe::Value;
/// assert_eq!(Value::Int(7).to_string(), "7");
/// assert_eq!(Value::Opaque.to_string(), "·");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "sim", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Value {
    /// Of a type that the run was not told how to show.
    Opaque,
    /// The unit value.
    Unit,
    /// A truth value.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// Anything else, in words.
    Text(Arc<str>),
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Opaque => f.write_str("·"),
            Self::Unit => f.write_str("()"),
            Self::Bool(b) => write!(f, "{b}"),
            Self::Int(i) => write!(f, "{i}"),
            Self::Text(t) => f.write_str(t),
        }
    }
}

/// A line of source.
///
/// ```
/// let place = fanin::probe::Place::new("src/main.rs", 12);
/// assert_eq!(place.to_string(), "src/main.rs:12");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "sim",
    derive(serde::Serialize, serde::Deserialize),
    serde(into = "String", try_from = "String")
)]
pub struct Place {
    /// The path as the compiler saw it.
    pub file: Cow<'static, str>,
    /// Counted from 1.
    pub line: u32,
}

impl Place {
    /// The line `line` of `file`.
    ///
    /// ```
    /// assert_eq!(fanin::probe::Place::new("src/main.rs", 12).line, 12);
    /// ```
    pub fn new(file: impl Into<Cow<'static, str>>, line: u32) -> Self {
        Self { file: file.into(), line }
    }
}

impl From<&'static Location<'static>> for Place {
    fn from(l: &'static Location<'static>) -> Self {
        Self::new(l.file(), l.line())
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

impl From<Place> for String {
    fn from(place: Place) -> Self {
        place.to_string()
    }
}

impl TryFrom<String> for Place {
    type Error = String;

    /// Reads what [`Display`](fmt::Display) writes.
    fn try_from(text: String) -> Result<Self, String> {
        let parts = text.rsplit_once(':').and_then(|(file, line)| Some((file, line.parse().ok()?)));
        let (file, line) =
            parts.ok_or_else(|| format!("`{text}` is no line of a file, such as `src/main.rs:12`"))?;
        Ok(Self::new(file.to_string(), line))
    }
}

/// Why a context ended.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "sim", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Cause {
    /// Its cancel was called.
    Canceled,
    /// Its deadline passed.
    DeadlineExceeded,
}

/// What Go would panic or die with.
///
/// A [`Panic`](Fault::Panic) can be recovered, a [`Fatal`](Fault::Fatal) cannot, and
/// [`Goexit`](Fault::Goexit) ends just its task.
///
/// ```
/// use fanin::probe::Fault;
/// assert_eq!(Fault::panic("send on closed channel").to_string(), "panic: send on closed channel");
/// assert_eq!(Fault::fatal("sync: unlock of unlocked mutex").to_string(), "fatal error: sync: unlock of unlocked mutex");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "sim", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Fault {
    /// Go's `panic`.
    Panic(Cow<'static, str>),
    /// Go's `fatal error`.
    Fatal(Cow<'static, str>),
    /// Go's `runtime.Goexit`.
    Goexit,
}

impl Fault {
    /// A panic with this text.
    ///
    /// ```
    /// assert_eq!(fanin::probe::Fault::panic("boom").to_string(), "panic: boom");
    /// ```
    pub fn panic(text: impl Into<Cow<'static, str>>) -> Self {
        Self::Panic(text.into())
    }

    /// A fatal error with this text.
    ///
    /// ```
    /// assert_eq!(fanin::probe::Fault::fatal("boom").to_string(), "fatal error: boom");
    /// ```
    pub fn fatal(text: impl Into<Cow<'static, str>>) -> Self {
        Self::Fatal(text.into())
    }
}

impl Fault {
    /// The text alone, as Rust's own panic would carry it, and without what Go's report adds to a panic that was
    /// raised again.
    ///
    /// ```
    /// assert_eq!(fanin::probe::Fault::panic("boom").text(), "boom");
    /// ```
    pub fn text(&self) -> &str {
        match self {
            Self::Panic(text) => text.strip_suffix(AGAIN).unwrap_or(text),
            Self::Fatal(text) => text,
            Self::Goexit => "runtime.Goexit",
        }
    }
}

/// What Go's report adds to a panic that was recovered and raised again.
const AGAIN: &str = " [recovered, repanicked]";

/// A fault that was recovered, to be [raised again](fn@crate::panic).
impl From<Fault> for Cow<'static, str> {
    fn from(fault: Fault) -> Self {
        format!("{}{AGAIN}", fault.text()).into()
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Panic(text) => write!(f, "panic: {text}"),
            Self::Fatal(text) => write!(f, "fatal error: {text}"),
            Self::Goexit => f.write_str("runtime.Goexit"),
        }
    }
}

impl std::error::Error for Fault {}

/// How a task ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "sim", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Ending {
    /// Its function returned.
    Returned,
    /// By a panic or a fatal error.
    Faulted,
    /// By Goexit.
    Goexit,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "sim", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum What {
    /// The actor started a task.
    Go {
        /// The new task.
        child: TaskId,
        /// Its name, where it was given one.
        name: Arc<str>,
    },
    /// The task runs for the first time.
    Start,
    /// The task came to its next operation and is ready to do it.
    Next {
        /// The operation.
        op: Op,
    },
    /// The operation could not be done, and the task waits in it.
    Park {
        /// The operation.
        op: Op,
    },
    /// The actor completed the operation that this task waited in, or lets it try again.
    Wake {
        /// The task that can go on.
        task: TaskId,
    },
    /// An object was made.
    Make {
        /// The object.
        obj: ObjId,
        /// What it is.
        kind: ObjKind,
        /// Its name, where it was given one.
        name: Arc<str>,
    },
    /// A value entered a channel: into the buffer, or straight to a waiting receiver.
    Send {
        /// The channel.
        ch: ObjId,
        /// The message.
        item: Item,
        /// What it carries.
        value: Value,
        /// Who got it at once.
        to: Option<TaskId>,
    },
    /// The value of a waiting sender moved into the buffer.
    Admit {
        /// The channel.
        ch: ObjId,
        /// The message.
        item: Item,
        /// What it carries.
        value: Value,
        /// Who had waited to send it.
        from: TaskId,
    },
    /// A value left a channel: from the buffer, or straight from a waiting sender.
    Recv {
        /// The channel.
        ch: ObjId,
        /// The message.
        item: Item,
        /// What it carries.
        value: Value,
        /// Who had waited to send it.
        from: Option<TaskId>,
    },
    /// A receive found the channel closed and drained.
    Drained {
        /// The channel.
        ch: ObjId,
    },
    /// A receive that was given up after it had got its value put it back.
    Unreceive {
        /// The channel.
        ch: ObjId,
        /// The message.
        item: Item,
        /// What it carries.
        value: Value,
    },
    /// A channel was closed.
    Close {
        /// The channel.
        ch: ObjId,
    },
    /// A select took a case.
    Chosen {
        /// The index of the case.
        case: u32,
        /// Among how many ready ones; 0 if it waited and this one came first.
        ready: u32,
    },
    /// A select took its default.
    Default,
    /// The task let the others run.
    Yield,
    /// The state of an object was looked at without waiting: a length, a context's error.
    Look {
        /// The object.
        obj: ObjId,
    },
    /// A wait group's counter changed.
    Count {
        /// The wait group.
        wg: ObjId,
        /// By how much.
        delta: i64,
        /// The counter afterwards.
        count: i64,
    },
    /// A context ended.
    Cancel {
        /// The context.
        ctx: ObjId,
        /// Why.
        cause: Cause,
    },
    /// A lock was taken, by the actor or for a task that waited.
    Acquire {
        /// The lock.
        lock: ObjId,
        /// Of what kind.
        kind: LockKind,
        /// Who holds it now.
        holder: TaskId,
    },
    /// A lock was given back, not always by the task that took it.
    Release {
        /// The lock.
        lock: ObjId,
        /// Of what kind.
        kind: LockKind,
    },
    /// A condition variable was signalled.
    Signal {
        /// The condition variable.
        cond: ObjId,
        /// How many were woken.
        woken: u32,
    },
    /// Units of a semaphore were taken, or given back.
    Units {
        /// The semaphore.
        sema: ObjId,
        /// How many were taken; negative if they were given back.
        taken: i64,
        /// How many are held by all now.
        held: i64,
        /// Who took them, or gave them back.
        by: TaskId,
    },
    /// A scope was dropped before its end.
    Leave {
        /// The wait group that counts its tasks.
        tasks: ObjId,
    },
    /// The content of an object was touched.
    Access {
        /// The object.
        obj: ObjId,
        /// How.
        access: Access,
        /// What is there now, or for a map or pool under which key.
        value: Value,
    },
    /// Plain memory was read or written, in passing: no operation, and no step of its own.
    Memory {
        /// The variable, array or map.
        obj: ObjId,
        /// Which item of an array.
        index: Option<u32>,
        /// How.
        access: Access,
        /// What is there now, or for a map under which key.
        value: Value,
    },
    /// A timer was set, or the deadline of a context, or a task was asked for at its end.
    Arm {
        /// The timer or context.
        timer: ObjId,
    },
    /// An instant was received from a timer.
    Tick {
        /// The timer.
        timer: ObjId,
    },
    /// A task's value was received, or that it has none.
    Joined {
        /// The task that has ended.
        task: TaskId,
    },
    /// The clock moved to the next timer.
    Advance {
        /// The new time in nanoseconds since the run's start.
        to: u64,
    },
    /// A timer fired.
    Fire,
    /// The program put out a value.
    Output {
        /// The value.
        value: Value,
    },
    /// A task panicked, died, or left by Goexit.
    Fault {
        /// With what.
        fault: Fault,
    },
    /// The task caught its panic.
    Recover,
    /// The task ended.
    End {
        /// How.
        how: Ending,
    },
    /// The run ended. Nothing comes after this.
    Over {
        /// How.
        outcome: Outcome,
    },
}

/// One line of a recording.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "sim", derive(serde::Serialize, serde::Deserialize))]
pub struct Event {
    /// In which step, counted from 1; 0 is what was there before the first.
    pub step: u32,
    /// Virtual time in nanoseconds since the run's start.
    pub at: u64,
    /// Who acted.
    pub task: TaskId,
    /// What happened.
    pub what: What,
    /// The line that called, where it is known.
    #[cfg_attr(feature = "sim", serde(default, skip_serializing_if = "Option::is_none"))]
    pub place: Option<Place>,
}
