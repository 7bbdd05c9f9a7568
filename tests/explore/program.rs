//! Random small programs over all primitives, and the final state of their runs.

use fanin::{
    CancelFunc, Context, Receiver, Sender, WaitGroup, chan, go,
    group::Semaphore,
    probe::{Op, TaskId, What},
    select,
    sim::{Choice, Recording, Seeded, Strategy},
    sync::{Atomic, Cond, Mutex, Once, RwLock},
    time::sleep,
};
use std::{collections::BTreeMap, time::Duration};

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
}

#[derive(Clone, Debug)]
pub struct Program {
    caps: Vec<usize>,
    tasks: Vec<Vec<Step>>,
}

/// What the operations of a program are drawn from.
#[derive(Clone, Copy, Debug)]
pub enum Mix {
    Channels,
    Locks,
    Units,
}

impl Program {
    /// A program that depends on the seed alone.
    pub fn random(seed: u64, mix: Mix) -> Self {
        let mut random = Seeded::new(seed);
        let mut below = |n: u32| if n < 2 { 0 } else { random.pick(Choice::Among, n) };
        let channels = 1 + below(2);
        let caps = (0..channels).map(|_| below(3) as usize).collect();
        let tasks = 2 + below(2);
        // A step on a lock is two operations.
        let length = match mix {
            Mix::Channels => 5 - tasks,
            Mix::Locks | Mix::Units => 4 - tasks,
        };
        let tasks = (0..tasks).map(|_| {
            let steps = (0..1 + below(length)).map(|_| {
                let (a, b) = (below(channels) as usize, below(channels) as usize);
                if matches!(mix, Mix::Locks) {
                    return match below(13) {
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
                    };
                }
                if matches!(mix, Mix::Units) {
                    return match below(9) {
                        0 | 1 => Step::Take(1 + below(2)),
                        2 | 3 => Step::Borrow(1 + below(2)),
                        4 => Step::TryTake(1),
                        5 => Step::Cancel,
                        6 => Step::Err,
                        7 => Step::Send(a),
                        _ => Step::RecvOrCancel(a),
                    };
                }
                match below(22) {
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
                    19 => {
                        if b == 0 {
                            Step::Err
                        } else {
                            Step::RecvOrCancel(a)
                        }
                    }
                    20 => Step::Sleep(1 + below(2)),
                    _ => Step::Yield,
                }
            });
            steps.collect()
        });
        Self { caps, tasks: tasks.collect() }
    }

    pub async fn main(self) {
        let channels: Vec<_> = self.caps.iter().map(|cap| chan(*cap)).collect();
        let wg = WaitGroup::new();
        wg.add(1);
        let locks = (0..2).map(|_| Mutex::new(0)).collect::<Vec<_>>();
        let (rw, cond, once, atomic) = (RwLock::new(0), Cond::new(), Once::new(), Atomic::new(0i64));
        let (ctx, cancel) = Context::background().with_cancel();
        let semaphore = Semaphore::new(2);
        for (i, steps) in self.tasks.into_iter().enumerate() {
            let world = World {
                locks: locks.clone(),
                rw: rw.clone(),
                cond: cond.clone(),
                once: once.clone(),
                atomic: atomic.clone(),
                channels: channels.clone(),
                wg: wg.clone(),
                ctx: ctx.clone(),
                cancel: cancel.clone(),
                semaphore: semaphore.clone(),
            };
            go(async move {
                for (j, step) in steps.into_iter().enumerate() {
                    world.step(step, (i * 10 + j) as u32).await;
                }
            });
        }
    }
}

struct World {
    channels: Vec<(Sender<u32>, Receiver<u32>)>,
    wg: WaitGroup,
    ctx: Context,
    cancel: CancelFunc,
    locks: Vec<Mutex<u32>>,
    rw: RwLock<u32>,
    cond: Cond,
    once: Once,
    atomic: Atomic<i64>,
    semaphore: Semaphore,
}

impl World {
    async fn step(&self, step: Step, value: u32) {
        let tx = |i: usize| &self.channels[i].0;
        let rx = |i: usize| &self.channels[i].1;
        match step {
            Step::Send(a) => tx(a).send(value).await,
            Step::Recv(a) => drop(rx(a).recv().await),
            Step::Close(a) => tx(a).close(),
            Step::SelectRecv(a, b) => select! {
                _ = rx(a).recv() => {}
                _ = rx(b).recv() => {}
            },
            Step::SelectSendRecv(a, b) => select! {
                tx(a).send(value) => {}
                _ = rx(b).recv() => {}
            },
            Step::TrySend(a) => select! {
                tx(a).send(value) => {}
                default => {}
            },
            Step::TryRecv(a) => select! {
                _ = rx(a).recv() => {}
                default => {}
            },
            // What was seen shows in what the task does next.
            Step::Len(a) => {
                if !tx(a).is_empty() {
                    fanin::yield_now().await;
                }
            }
            Step::Done => self.wg.done(),
            Step::Wait => self.wg.wait().await,
            Step::Cancel => self.cancel.cancel(),
            Step::AwaitCancel => drop(self.ctx.done().recv().await),
            Step::Err => {
                if self.ctx.err().is_some() {
                    fanin::yield_now().await;
                }
            }
            Step::RecvOrCancel(a) => select! {
                _ = rx(a).recv() => {}
                _ = self.ctx.done().recv() => {}
            },
            Step::Sleep(ms) => sleep(Duration::from_millis(ms.into())).await,
            Step::Yield => fanin::yield_now().await,
            Step::Critical(a) => *self.locks[a].lock().await += value,
            Step::Nested(a, b) => {
                let _outer = self.locks[a].lock().await;
                let _inner = self.locks[b].lock().await;
            }
            Step::TryLock(a) => {
                if self.locks[a].try_lock().await.is_none() {
                    fanin::yield_now().await;
                }
            }
            Step::Read => drop(self.rw.read().await),
            Step::Write => *self.rw.write().await += value,
            Step::Bump => drop(self.atomic.add(1).await),
            Step::Load => {
                if self.atomic.load().await > 0 {
                    fanin::yield_now().await;
                }
            }
            Step::CondWait => {
                let guard = self.locks[0].lock().await;
                drop(self.cond.wait(guard).await);
            }
            Step::Signal => self.cond.signal(),
            Step::Once => self.once.do_once(async || fanin::yield_now().await).await,
            Step::Take(n) => {
                if self.semaphore.acquire(&self.ctx, n).await.is_err() {
                    fanin::yield_now().await;
                }
            }
            Step::Borrow(n) => match self.semaphore.acquire(&self.ctx, n).await {
                Ok(()) => self.semaphore.release(n),
                Err(_) => fanin::yield_now().await,
            },
            Step::TryTake(n) => {
                if !self.semaphore.try_acquire(n).await {
                    fanin::yield_now().await;
                }
            }
        }
    }
}

/// What each task saw and did, and what it waits for at the end: the same for equivalent runs.
pub fn state(recording: &Recording) -> Vec<String> {
    let mut seen: BTreeMap<TaskId, Vec<String>> = BTreeMap::new();
    for e in &recording.events {
        let (task, line) = match &e.what {
            What::Recv { value, .. } => (e.task, format!("got {value}")),
            What::Send { to: Some(to), value, .. } => (*to, format!("got {value}")),
            What::Drained { .. } => (e.task, "drained".into()),
            What::Default => (e.task, "default".into()),
            What::Chosen { case, .. } => (e.task, format!("case {case}")),
            What::Next { op: Op::Yield } => (e.task, "yield".into()),
            What::Fault { fault } => (e.task, fault.to_string()),
            What::End { how } => (e.task, format!("{how:?}")),
            _ => continue,
        };
        let lines = seen.entry(task).or_default();
        lines.push(line);
        // The order in which a task hears of a hand-over and of its case does not matter.
        if let [.., a, b] = lines.as_mut_slice()
            && a.starts_with("got") != b.starts_with("got")
            && a.starts_with("case") != b.starts_with("case")
            && a > b
        {
            std::mem::swap(a, b);
        }
    }
    for (task, op) in recording.unfinished() {
        seen.entry(task).or_default().push(format!("waits {op:?}"));
    }
    let mut lines: Vec<_> =
        seen.into_iter().map(|(task, lines)| format!("{task}: {}", lines.join(", "))).collect();
    lines.sort();
    lines
}
