//! Random small programs over all primitives.

use fanin::sim::{Choice, Seeded, Strategy};

/// One operation of a random program; numbers name its channels.
#[derive(Clone, Copy, Debug)]
pub enum Step {
    Send(usize),
    Recv(usize),
    Close(usize),
    SelectRecv(usize, usize),
    SelectSendRecv(usize, usize),
    TrySend(usize),
    TryRecv(usize),
    Len(usize),
    Done,
    Wait,
    Cancel,
    AwaitCancel,
    Err,
    RecvOrCancel(usize),
    Sleep(u32),
    Yield,
    Critical(usize),
    Nested(usize, usize),
    /// Sleeps while it holds the mutex.
    Nap(usize),
    TryLock(usize),
    Read,
    Write,
    Bump,
    Load,
    CondWait,
    Signal,
    Once,
    Take(u32),
    Borrow(u32),
    TryTake(u32),
    /// A call that others with the same key join.
    Shared,
    /// Two tasks: one fails, and the other gives up a receive then.
    Group(usize),
    /// These are about a timer that all share.
    Tick,
    RecvOrTick(usize),
    Stop,
    Reset(u32),
    Say,
    SayLen(usize),
    /// These depend on what is seen in passing, or was received.
    SayIfLen(usize, bool),
    SayIfErr(bool),
    SayIfOdd(usize),
    CloseIfLen(usize, bool),
    DoneIfErr(bool),
    /// These start a task that sends, and wait for its end or not.
    Spawn(usize),
    Join(usize),
    /// These put out something if there was a panic.
    CatchClose(usize),
    CatchSend(usize),
    Broadcast,
    Swap,
    SayRead,
    TryWrite,
    RecvOrTimeout(usize),
    /// These give up after a millisecond, and put out whether they did.
    RecvWithin(usize),
    SendWithin(usize),
    SelectWithin(usize, usize),
    LockWithin(usize),
    WriteWithin,
    WaitWithin,
    TakeWithin,
    JoinWithin(u32),
    OnceWithin,
    /// Two receives of one task: the first that ends, or both.
    RecvEither(usize, usize),
    RecvBoth(usize, usize),
    /// Starts a task after so many milliseconds.
    AfterFunc(u32),
    /// Puts out whether a deadline is over when a sleep as long is.
    SayLate,
    AfterCancel,
    /// Locks for whoever unlocks.
    Lock,
    /// A fatal error if nobody has locked.
    Unlock,
    Goexit,
}

#[derive(Clone, Debug)]
pub struct Program {
    pub caps: Vec<usize>,
    pub tasks: Vec<Vec<Step>>,
    /// The last task is main itself, whose return ends the run.
    pub exits: bool,
}

/// What the operations of a program are drawn from.
#[derive(Clone, Copy, Debug)]
pub enum Mix {
    Channels,
    Locks,
    Units,
    /// All of these.
    All,
    /// A timer that is waited for, stopped and reset.
    Timers,
    /// What is looked at and put out between two operations, without one of its own.
    Passing,
    /// Little but that, around operations of one kind.
    Talk,
    /// What is done in passing or not, by what was seen.
    Branches,
    /// Tasks that start others, join them and catch their panics, and operations that the others have not.
    Lives,
    /// What ends a task or the run, for all or for itself.
    Endings,
    /// What is given up in time, or as something else of the same task was faster.
    GivenUp,
    /// Timers of several kinds, for now and for later.
    Clocks,
    /// What Go has as well, without time.
    Go,
}

impl Program {
    /// A program that depends on the seed alone.
    pub fn random(seed: u64, mix: Mix) -> Self {
        let timeless = matches!(mix, Mix::Go);
        let mut random = Seeded::new(seed);
        let mut below = |n: u32| if n < 2 { 0 } else { random.pick(Choice::Among, n) };
        let channels = if matches!(mix, Mix::Talk) { 1 } else { 1 + below(2) };
        let kind = if matches!(mix, Mix::Talk) { below(10) } else { 0 };
        let caps = (0..channels).map(|_| below(3) as usize).collect();
        let tasks = 2 + below(2);
        // A step on a lock is two operations.
        let length = match mix {
            Mix::Go => 4,
            Mix::Channels | Mix::Branches => 5 - tasks,
            Mix::Talk => 7 - tasks,
            Mix::Passing => 6 - tasks,
            Mix::Endings => 5 - tasks,
            Mix::Locks | Mix::Units | Mix::All | Mix::Timers | Mix::Lives | Mix::GivenUp | Mix::Clocks => {
                4 - tasks
            }
        };
        let tasks = (0..tasks).map(|_| {
            let steps = (0..1 + below(length)).map(|_| {
                let (a, b) = (below(channels) as usize, below(channels) as usize);
                let mix = match (mix, below(6)) {
                    (Mix::All | Mix::Go, 0..3) => Mix::Channels,
                    (Mix::All, 3 | 4) | (Mix::Go, 3) => Mix::Locks,
                    (Mix::All | Mix::Go, _) => Mix::Units,
                    (mix, _) => mix,
                };
                let step = match mix {
                    Mix::Locks => lock_step(below(13), a, b),
                    Mix::Units => unit_step(below(20), a, below(2)),
                    Mix::Timers => timer_step(below(16), a, below(2)),
                    Mix::Passing => passing_step(below(22), a),
                    Mix::Talk => talk_step(below(8), a).unwrap_or_else(|| step_of(kind, below(60))),
                    Mix::Branches => branching_step(below(18), a, below(2) == 0),
                    Mix::Lives => life_step(below(24), a),
                    Mix::Endings => ending_step(below(16), a, b),
                    Mix::GivenUp => given_up_step(below(26), a, b),
                    Mix::Clocks => clock_step(below(14), a, below(2)),
                    _ => channel_step(below(22), a, b, below(2)),
                };
                if timeless && matches!(step, Step::Sleep(_)) { Step::Yield } else { step }
            });
            steps.collect()
        });
        let tasks = tasks.collect();
        let exits = matches!(mix, Mix::Endings) && below(2) == 0;
        Self { caps, tasks, exits }
    }
}

fn lock_step(which: u32, a: usize, b: usize) -> Step {
    match which {
        0 | 1 => Step::Critical(a),
        2 => Step::Nested(a, b),
        3 => Step::TryLock(a),
        4 => Step::Read,
        5 => Step::Write,
        6 => Step::Bump,
        7 => Step::Load,
        8 => Step::CondWait,
        9 => Step::Signal,
        10 => Step::Once,
        11 => Step::Send(a),
        _ => Step::Recv(a),
    }
}

fn unit_step(which: u32, a: usize, coin: u32) -> Step {
    match which {
        0..4 => Step::Take(1 + coin),
        4..8 => Step::Borrow(1 + coin),
        8 | 9 => Step::TryTake(1),
        10 | 11 => Step::Cancel,
        12 | 13 => Step::Err,
        14 | 15 => Step::Send(a),
        16 => Step::Shared,
        17 => Step::Group(a),
        _ => Step::RecvOrCancel(a),
    }
}

fn timer_step(which: u32, a: usize, coin: u32) -> Step {
    match which {
        0..3 => Step::Tick,
        3..6 => Step::RecvOrTick(a),
        6..9 => Step::Stop,
        9..11 => Step::Reset(coin),
        11 | 12 => Step::Sleep(coin),
        13 => Step::Send(a),
        14 => Step::Recv(a),
        _ => Step::Yield,
    }
}

fn passing_step(which: u32, a: usize) -> Step {
    match which {
        0..3 => Step::Send(a),
        3..6 => Step::Recv(a),
        6 | 7 => Step::Len(a),
        8 | 9 => Step::SayLen(a),
        10 | 11 => Step::Say,
        12 => Step::Err,
        13 => Step::Cancel,
        14 => Step::RecvOrCancel(a),
        15 => Step::Critical(a),
        16 => Step::TryLock(a),
        17 => Step::Borrow(1),
        18 => Step::Write,
        19 => Step::Done,
        20 => Step::Wait,
        _ => Step::Close(a),
    }
}

fn talk_step(which: u32, a: usize) -> Option<Step> {
    match which {
        0 | 1 => Some(Step::SayLen(a)),
        2 => Some(Step::Say),
        3 => Some(Step::Yield),
        _ => None,
    }
}

/// A step of one kind, on the first of the things that there are.
fn step_of(kind: u32, which: u32) -> Step {
    let steps = match kind {
        0..4 => [Step::Send(0), Step::Recv(0)].as_slice(),
        4 => &[Step::Send(0), Step::Recv(0), Step::Recv(0), Step::Close(0)],
        5 => &[Step::SelectSendRecv(0, 0), Step::SelectRecv(0, 0), Step::Send(0), Step::Recv(0)],
        6 => &[Step::TrySend(0), Step::TryRecv(0), Step::Send(0), Step::Recv(0)],
        7 => &[Step::Critical(0), Step::TryLock(0), Step::Nap(0), Step::Read, Step::Write],
        8 => &[Step::Borrow(1), Step::Take(1), Step::TryTake(1), Step::Take(2)],
        _ => &[Step::Done, Step::Wait, Step::Cancel, Step::AwaitCancel, Step::Once, Step::RecvOrCancel(0)],
    };
    steps[which as usize % steps.len()]
}

fn branching_step(which: u32, a: usize, wanted: bool) -> Step {
    match which {
        0 | 1 => Step::SayIfLen(a, wanted),
        2 => Step::SayIfErr(wanted),
        3 | 4 => Step::SayIfOdd(a),
        5 => Step::CloseIfLen(a, wanted),
        6 => Step::DoneIfErr(wanted),
        7..9 => Step::Send(a),
        9 => Step::Recv(a),
        10 => Step::SayLen(a),
        11 | 12 => Step::Cancel,
        13 => Step::Done,
        14 => Step::Wait,
        15 => Step::Close(a),
        _ => Step::Say,
    }
}

fn life_step(which: u32, a: usize) -> Step {
    match which {
        0..3 => Step::Spawn(a),
        3 | 4 => Step::Join(a),
        5 | 6 => Step::CatchClose(a),
        7 => Step::CatchSend(a),
        8 => Step::Broadcast,
        9 => Step::CondWait,
        10 => Step::Swap,
        11 => Step::Bump,
        12 => Step::SayRead,
        13 => Step::TryWrite,
        14 => Step::Write,
        15 => Step::RecvOrTimeout(a),
        16 => Step::AfterCancel,
        17 => Step::Cancel,
        18 => Step::SayIfErr(true),
        19 => Step::SayLen(a),
        20 => Step::Send(a),
        _ => Step::Recv(a),
    }
}

fn ending_step(which: u32, a: usize, b: usize) -> Step {
    match which {
        0..3 => Step::Send(a),
        3..6 => Step::Recv(a),
        6 => Step::Close(a),
        7 => Step::SelectSendRecv(a, b),
        8 => Step::Lock,
        9 => Step::Unlock,
        10 => Step::Goexit,
        11 => Step::Done,
        12 => Step::Say,
        13 => Step::SayLen(a),
        14 => Step::Sleep(1),
        _ => Step::Yield,
    }
}

fn given_up_step(which: u32, a: usize, b: usize) -> Step {
    match which {
        0..3 => Step::RecvWithin(a),
        3 | 4 => Step::SendWithin(a),
        5 => Step::SelectWithin(a, b),
        6 | 7 => Step::LockWithin(a),
        8 => Step::WriteWithin,
        9 => Step::WaitWithin,
        10 => Step::TakeWithin,
        11 => Step::JoinWithin(1),
        12 => Step::OnceWithin,
        13 => Step::RecvEither(a, b),
        14 => Step::RecvBoth(a, b),
        15..18 => Step::Sleep(1),
        18..20 => Step::Send(a),
        20 => Step::Recv(a),
        21 => Step::Close(a),
        22 => Step::Done,
        23 => Step::Nap(a),
        24 => Step::Write,
        _ => Step::Borrow(2),
    }
}

fn clock_step(which: u32, a: usize, coin: u32) -> Step {
    match which {
        0..3 => Step::AfterFunc(coin),
        3 | 4 => Step::SayLate,
        5 => Step::Tick,
        6 => Step::RecvOrTick(a),
        7 => Step::Stop,
        8 => Step::Reset(coin),
        9 | 10 => Step::Sleep(coin),
        11 => Step::RecvWithin(a),
        12 => Step::Say,
        _ => Step::Send(a),
    }
}

fn channel_step(which: u32, a: usize, b: usize, coin: u32) -> Step {
    match which {
        0..4 => Step::Send(a),
        4..8 => Step::Recv(a),
        8 => Step::Close(a),
        9 => Step::SelectRecv(a, b),
        10 | 11 => Step::SelectSendRecv(a, b),
        12 => Step::TrySend(a),
        13 => Step::TryRecv(a),
        14 => Step::Len(a),
        15 => Step::Done,
        16 => Step::Wait,
        17 => Step::Cancel,
        18 => Step::AwaitCancel,
        19 if coin == 0 => Step::Err,
        19 => Step::RecvOrCancel(a),
        20 => Step::Sleep(1 + coin),
        _ => Step::Yield,
    }
}
