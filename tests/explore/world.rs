//! The random programs on this library, and the final state of their runs.

use crate::{
    names::Names,
    program::{Program, Step},
};
use fanin::{
    CancelFunc, Context, Receiver, Sender, WaitGroup, chan, go, goexit,
    group::{Calls, Group, Semaphore},
    probe::{CaseOp, Event, ObjKind, Op, TaskId, What},
    recover, select,
    sim::{Config, Outcome, Recording, Sim},
    sync::{Atomic, Cond, Mutex, Once, RwLock},
    time::{Timer, after_func, sleep, timeout},
};
use futures::future::{Either, join, select as first};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::Duration,
};

const MS: Duration = Duration::from_millis(1);

impl Program {
    pub async fn main(self) {
        let channels: Vec<_> = self.caps.iter().map(|cap| chan(*cap)).collect();
        let wg = WaitGroup::new();
        wg.add(1);
        let locks = (0..2).map(|_| Mutex::new(0)).collect::<Vec<_>>();
        let bare = Mutex::new(());
        let (rw, cond, once, atomic) = (RwLock::new(0), Cond::new(), Once::new(), Atomic::new(0i64));
        let (ctx, cancel) = Context::background().with_cancel();
        let (semaphore, shared) = (Semaphore::new(2), Calls::new());
        let timer = Arc::new(Timer::new(MS));
        let last = self.tasks.len() - 1;
        for (i, steps) in self.tasks.into_iter().enumerate() {
            let world = World {
                locks: locks.clone(),
                bare: bare.clone(),
                rw: rw.clone(),
                cond: cond.clone(),
                once: once.clone(),
                atomic: atomic.clone(),
                channels: channels.clone(),
                wg: wg.clone(),
                ctx: ctx.clone(),
                cancel: cancel.clone(),
                semaphore: semaphore.clone(),
                shared: shared.clone(),
                timer: timer.clone(),
            };
            let task = async move {
                for (j, step) in steps.into_iter().enumerate() {
                    world.step(step, (i * 10 + j) as u32).await;
                }
            };
            if self.exits && i == last {
                task.await;
            } else {
                go(task);
            }
        }
    }

    /// Starts it in a run.
    pub fn start(&self, config: Config) -> Sim {
        config.exit_with_main(self.exits).start(self.clone().main())
    }
}

struct World {
    channels: Vec<(Sender<u32>, Receiver<u32>)>,
    wg: WaitGroup,
    ctx: Context,
    cancel: CancelFunc,
    locks: Vec<Mutex<u32>>,
    bare: Mutex<()>,
    rw: RwLock<u32>,
    cond: Cond,
    once: Once,
    atomic: Atomic<i64>,
    semaphore: Semaphore,
    shared: Calls<u32, u32>,
    timer: Arc<Timer>,
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
            Step::Say => fanin::output(&value),
            Step::SayLen(a) => fanin::output(&tx(a).len()),
            Step::SayIfLen(a, wanted) => {
                if tx(a).is_empty() != wanted {
                    fanin::output(&value);
                }
            }
            Step::SayIfErr(wanted) => {
                if self.ctx.err().is_some() == wanted {
                    fanin::output(&value);
                }
            }
            Step::SayIfOdd(a) => {
                if rx(a).recv().await.is_some_and(|got| got % 2 == 1) {
                    fanin::output(&value);
                }
            }
            Step::CloseIfLen(a, wanted) => {
                if tx(a).is_empty() != wanted {
                    tx(a).close();
                }
            }
            Step::DoneIfErr(wanted) => {
                if self.ctx.err().is_some() == wanted {
                    self.wg.done();
                }
            }
            Step::Spawn(a) => {
                let tx = tx(a).clone();
                go(async move {
                    tx.send(value).await;
                    fanin::output(&value);
                });
            }
            Step::Join(a) => {
                let tx = tx(a).clone();
                let child = go(async move {
                    tx.send(value).await;
                    value
                });
                if child.await.is_ok() {
                    fanin::output(&value);
                }
            }
            Step::CatchClose(a) => {
                let tx = tx(a).clone();
                if recover(async move { tx.close() }).await.is_err() {
                    fanin::output(&value);
                }
            }
            Step::CatchSend(a) => {
                let tx = tx(a).clone();
                if recover(async move { tx.send(value).await }).await.is_err() {
                    fanin::output(&value);
                }
            }
            Step::Broadcast => self.cond.broadcast(),
            Step::Swap => {
                if self.atomic.compare_and_swap(0, i64::from(value) + 1).await {
                    fanin::output(&value);
                }
            }
            Step::SayRead => fanin::output(&*self.rw.read().await),
            Step::TryWrite => {
                if let Some(mut held) = self.rw.try_write().await {
                    *held += value;
                }
            }
            Step::RecvOrTimeout(a) => {
                let (ctx, _cancel) = self.ctx.with_timeout(MS);
                select! {
                    _ = rx(a).recv() => {}
                    _ = ctx.done().recv() => fanin::output(&value),
                }
            }
            Step::RecvWithin(a) => within(rx(a).recv()).await,
            Step::SendWithin(a) => within(tx(a).send(value)).await,
            Step::SelectWithin(a, b) => {
                within(async {
                    select! {
                        tx(a).send(value) => {}
                        _ = rx(b).recv() => {}
                    }
                })
                .await;
            }
            Step::LockWithin(a) => within(self.locks[a].lock()).await,
            Step::WriteWithin => within(self.rw.write()).await,
            Step::WaitWithin => within(self.wg.wait()).await,
            Step::TakeWithin => within(self.semaphore.acquire(&self.ctx, 2)).await,
            Step::JoinWithin(ms) => within(go(sleep(MS * ms))).await,
            Step::OnceWithin => within(self.once.do_once(async || sleep(MS).await)).await,
            Step::RecvEither(a, b) => match first(rx(a).recv(), rx(b).recv()).await {
                Either::Left((got, _)) => fanin::output(&(value, got.is_some())),
                Either::Right((got, _)) => fanin::output(&(value + 100, got.is_some())),
            },
            Step::RecvBoth(a, b) => {
                let says = async |rx: &Receiver<u32>, n| {
                    rx.recv().await;
                    fanin::output(&n);
                };
                join(says(rx(a), value), says(rx(b), value + 100)).await;
            }
            Step::AfterFunc(ms) => {
                after_func(MS * ms, move || async move { fanin::output(&value) });
            }
            Step::SayLate => {
                let (ctx, _cancel) = Context::background().with_timeout(MS);
                sleep(MS).await;
                fanin::output(&ctx.err().is_some());
            }
            Step::AfterCancel => {
                let _stop = self.ctx.after_func(async move { fanin::output(&value) });
            }
            Step::Lock => self.bare.lock_raw().await,
            Step::Unlock => self.bare.unlock(),
            Step::Goexit => match goexit().await {},
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
            Step::Sleep(ms) => sleep(MS * ms).await,
            Step::Tick => drop(self.timer.recv().await),
            Step::RecvOrTick(a) => select! {
                _ = rx(a).recv() => {}
                _ = self.timer.recv() => {}
            },
            Step::Stop => {
                if self.timer.stop() {
                    fanin::yield_now().await;
                }
            }
            Step::Reset(ms) => {
                if self.timer.reset(MS * ms) {
                    fanin::yield_now().await;
                }
            }
            Step::Yield => fanin::yield_now().await,
            Step::Critical(a) => *self.locks[a].lock().await += value,
            Step::Nested(a, b) => {
                let _outer = self.locks[a].lock().await;
                let _inner = self.locks[b].lock().await;
            }
            Step::Nap(a) => {
                let _held = self.locks[a].lock().await;
                sleep(MS).await;
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
            Step::Shared => {
                let call = async move {
                    fanin::yield_now().await;
                    value
                };
                if self.shared.call(0, call).await.shared {
                    fanin::yield_now().await;
                }
            }
            Step::Group(a) => {
                let (group, ctx) = Group::with_context(&self.ctx);
                let rx = rx(a).clone();
                group.go(async { Err("given up") }).await;
                group
                    .go(async move {
                        select! {
                            _ = rx.recv() => {}
                            _ = ctx.done().recv() => {}
                        }
                        Ok(())
                    })
                    .await;
                if group.wait().await.is_err() {
                    fanin::yield_now().await;
                }
            }
            Step::TryTake(n) => {
                if !self.semaphore.try_acquire(n).await {
                    fanin::yield_now().await;
                }
            }
        }
    }
}

/// Gives up after a millisecond, and tells whether it did.
async fn within(wait: impl Future) {
    fanin::output(&timeout(MS, wait).await.is_ok());
}

/// What each task saw and did, in its order.
fn lines(recording: &Recording) -> BTreeMap<TaskId, Vec<String>> {
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
        // A select that panics has not taken its case.
        let chosen = |c: &&Event| c.step == e.step && matches!(c.what, What::Chosen { .. });
        if matches!(e.what, What::Fault { .. }) && recording.events.iter().any(|c| chosen(&c)) {
            lines.pop();
        }
        lines.push(line);
        // The case that a value came by is told before it.
        if by_a_case(recording, e)
            && let [.., a, b] = lines.as_mut_slice()
        {
            std::mem::swap(a, b);
        }
    }
    seen
}

/// True if this tells the case of a select that has waited to receive, and has told its value already.
fn by_a_case(recording: &Recording, e: &Event) -> bool {
    let What::Chosen { case, ready: 0 } = e.what else { return false };
    let parks = recording.events.iter().filter(|park| park.task == e.task && park.step < e.step);
    let mut selects = parks.filter_map(|park| match &park.what {
        What::Park { op: Op::Select { cases, .. } } => cases.get(case as usize),
        _ => None,
    });
    let Some(CaseOp::Recv { ch }) = selects.next_back() else { return false };
    // A timer tells no value.
    let is_timer = |e: &Event| matches!(e.what, What::Make { obj, kind: ObjKind::Timer, .. } if obj == *ch);
    !recording.events.iter().any(is_timer)
}

/// What each task saw and did, what it waits for at the end, and what was put out: the same for equivalent runs.
///
/// Where the run was ended for all, what the others had seen by then is known to nobody but by what they put out.
pub fn state(recording: &Recording) -> Vec<String> {
    if let Some(ended @ (Outcome::Exited | Outcome::Faulted { .. })) = &recording.outcome {
        return vec![format!("{ended}, put out: {}", recording.outputs().join(", "))];
    }
    let (mut seen, names) = (lines(recording), Names::of(recording));
    for (task, op) in recording.unfinished() {
        seen.entry(task).or_default().push(names.tell(&format!("waits {op:?}")));
    }
    let tasks = seen.into_iter().map(|(task, lines)| format!("{}: {}", names.task(task), lines.join(", ")));
    let mut tasks: Vec<_> = tasks.collect();
    tasks.sort_unstable();
    tasks.push(format!("put out: {}", recording.outputs().join(", ")));
    tasks
}

/// The same of the tasks of a program, without main and those that tasks start, and as their Go twins tell it.
pub fn observed(recording: &Recording) -> String {
    let mut seen = lines(recording);
    for task in recording.unfinished().into_keys() {
        seen.entry(task).or_default().push("waits".into());
    }
    let tasks = recording.events.iter().filter_map(|e| match e.what {
        What::Go { child, .. } if e.task == TaskId::MAIN => Some(child),
        _ => None,
    });
    let tasks: BTreeSet<_> = tasks.collect();
    let tasks: Vec<_> = tasks.iter().map(|task| seen.remove(task).unwrap_or_default().join(", ")).collect();
    tasks.join("; ")
}
