//! A schedule told in sentences: who does what on which object, and what comes of it.

use crate::{
    detect::Holders,
    probe::{Access, CaseOp, Cause, Event, Fault, LockKind, ObjId, ObjKind, Op, Place, TaskId, Value, What},
};
use std::{collections::BTreeMap, fmt, sync::Arc, time::Duration};

/// One step of a schedule, in words.
///
/// ```
/// use fanin::{chan, explore::Explorer, named};
/// let report = Explorer::new().run(|| async {
///     let (tx, _rx) = named("numbers", || chan(0));
///     tx.send(3).await;
/// });
/// let told: Vec<_> = report.findings[0].story.iter().map(|s| s.text.as_str()).collect();
/// assert_eq!(told, ["main begins", "main sends 3 on numbers: nobody receives, it waits"]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// The step of the replayed run, counted from 1.
    pub step: u32,
    /// Who acts.
    pub task: TaskId,
    /// What it does, and what comes of it.
    pub text: String,
    /// The line that called.
    pub place: Option<Place>,
}

impl fmt::Display for Sentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)?;
        match &self.place {
            Some(place) => write!(f, " ({place})"),
            None => Ok(()),
        }
    }
}

/// Tells the first `steps` steps of a run; one in which a task only goes on after a wait may have nothing to tell.
pub(super) fn story(events: &[Event], steps: u32) -> Vec<Sentence> {
    let mut teller = Teller::default();
    for e in events {
        teller.meet(e);
    }
    let mut told = Vec::new();
    for step in events.chunk_by(|a, b| a.step == b.step) {
        if step[0].step > steps {
            break;
        }
        if step[0].step > 0 {
            told.extend(teller.sentence(step));
        }
        for e in step {
            teller.note(e);
        }
    }
    told
}

/// What the sentences need to know of the steps before.
#[derive(Default)]
struct Teller {
    tasks: BTreeMap<TaskId, Arc<str>>,
    objects: BTreeMap<ObjId, (ObjKind, Arc<str>)>,
    /// What each task has come to, and where.
    next: BTreeMap<TaskId, (Op, Option<Place>)>,
    waits: BTreeMap<TaskId, Op>,
    holders: Holders,
}

impl Teller {
    fn meet(&mut self, e: &Event) {
        match &e.what {
            What::Go { child, name } => {
                self.tasks.insert(*child, name.clone());
            }
            What::Make { obj, kind, name } => {
                self.objects.insert(*obj, (*kind, name.clone()));
            }
            _ => {}
        }
    }

    fn note(&mut self, e: &Event) {
        match &e.what {
            What::Next { op } => {
                self.next.insert(e.task, (op.clone(), e.place.clone()));
            }
            What::Park { op } => {
                self.waits.insert(e.task, op.clone());
            }
            _ => self.holders.add(e),
        }
    }

    fn sentence(&mut self, events: &[Event]) -> Option<Sentence> {
        let first = events.iter().find(|e| !matches!(e.what, What::Advance { .. }))?;
        let task = first.task;
        let (op, place) = self.next.remove(&task).unzip();
        let details: Vec<_> = events.iter().filter_map(|e| self.detail(e, op.as_ref())).collect();
        let did = match &op {
            Some(op) => self.does(op),
            None if matches!(first.what, What::Start) => "begins".into(),
            None if details.is_empty() => return None,
            None if task == TaskId::CLOCK => "moves on".into(),
            None => "goes on".into(),
        };
        let colon = if details.is_empty() { "" } else { ": " };
        let text = format!("{} {did}{colon}{}", self.task(task), details.join(", "));
        Some(Sentence { step: first.step, task, text, place: place.flatten() })
    }

    /// "sends 3 on numbers"
    fn does(&self, op: &Op) -> String {
        let object = |obj: &ObjId| self.object(*obj);
        match op {
            Op::Send { ch, value } => format!("sends {value} on {}", object(ch)),
            Op::Recv { ch } => format!("receives from {}", object(ch)),
            Op::Close { ch } => format!("closes {}", object(ch)),
            Op::Select { cases, default } => self.selects(cases, *default),
            Op::Yield => "lets others run".into(),
            Op::Sleep { nanos } => format!("sleeps for {:?}", Duration::from_nanos(*nanos)),
            Op::Join { task } => format!("waits for the end of {}", self.task(*task)),
            Op::Add { wg, delta: -1 } => format!("is done with {}", object(wg)),
            Op::Add { wg, delta } => format!("adds {delta} to {}", object(wg)),
            Op::Wait { wg } => format!("waits for {}", object(wg)),
            Op::Cancel { ctx } => format!("cancels {}", object(ctx)),
            Op::Lock { lock, kind } => format!("locks {}{}", object(lock), manner(*kind)),
            Op::TryLock { lock, kind } => format!("tries to lock {}{}", object(lock), manner(*kind)),
            Op::Unlock { lock, .. } => format!("unlocks {}", object(lock)),
            Op::CondWait { cond, lock } => format!("unlocks {} and waits for {}", object(lock), object(cond)),
            Op::Signal { cond, all: false } => format!("signals {}", object(cond)),
            Op::Signal { cond, all: true } => format!("signals all of {}", object(cond)),
            Op::Acquire { sema, units, .. } => format!("takes {units} of {}", object(sema)),
            Op::TryAcquire { sema, units } => format!("tries to take {units} of {}", object(sema)),
            Op::Release { sema, units } => format!("gives {units} back to {}", object(sema)),
            Op::Access { obj, access: Access::Read } => format!("reads {}", object(obj)),
            Op::Access { obj, access: Access::Write } => format!("writes {}", object(obj)),
            Op::Access { obj, access: Access::Update } => format!("changes {}", object(obj)),
            Op::Idle => "waits until no other task can move".into(),
            Op::Panic => "panics".into(),
        }
    }

    fn selects(&self, cases: &[CaseOp], default: bool) -> String {
        let cases = cases.iter().filter_map(|case| match case {
            CaseOp::Send { ch, value } => Some(format!("send {value} on {}", self.object(*ch))),
            CaseOp::Recv { ch } => Some(format!("receive from {}", self.object(*ch))),
            CaseOp::Off => None,
        });
        let cases: Vec<_> = cases.chain(default.then(|| "go on".into())).collect();
        match cases.is_empty() {
            true => "selects among no cases".into(),
            false => format!("selects among \"{}\"", cases.join("\", \"")),
        }
    }

    /// What an event adds to what the task does: "nobody receives, it waits".
    fn detail(&self, e: &Event, op: Option<&Op>) -> Option<String> {
        let plain_send = matches!(op, Some(Op::Send { .. }));
        Some(match &e.what {
            What::Go { child, .. } => format!("starts {}", self.task(*child)),
            What::Park { op } => format!("{}, it waits", self.obstacle(op)),
            What::Send { to: Some(to), .. } if plain_send => format!("{} takes it", self.task(*to)),
            What::Send { .. } if plain_send => "it goes into the buffer".into(),
            What::Send { to: Some(to), ch, value, .. } => {
                format!("{} takes {value} from {}", self.task(*to), self.object(*ch))
            }
            What::Send { ch, value, .. } => format!("{value} goes into {}", self.object(*ch)),
            What::Admit { value, from, .. } => {
                format!("{value} of {} moves up into the buffer", self.task(*from))
            }
            What::Recv { value, from: Some(from), .. } => format!("gets {value} from {}", self.task(*from)),
            What::Recv { value, .. } => format!("gets {value}"),
            What::Drained { ch } => format!("{} is closed", self.object(*ch)),
            What::Unreceive { ch, value, .. } => format!("puts {value} back into {}", self.object(*ch)),
            What::Chosen { case, ready: 2.. } => format!("takes case {} by chance", case + 1),
            What::Default => "no case is ready, it goes on".into(),
            What::Count { wg, count, .. } => format!("the counter of {} is {count}", self.object(*wg)),
            What::Cancel { ctx, cause: Cause::DeadlineExceeded } => {
                format!("the deadline of {} passes", self.object(*ctx))
            }
            What::Acquire { holder, .. } if *holder != e.task => {
                format!("{} has it now", self.task(*holder))
            }
            What::Signal { woken: 0, .. } => "nobody waits".into(),
            What::Advance { to } => format!("it is {:?}", Duration::from_nanos(*to)),
            What::Wake { task } if self.waits_for_more_than_a_value(*task) => {
                format!("{} can go on", self.task(*task))
            }
            What::Output { value } => format!("puts out {value}"),
            What::Fault { fault: Fault::Goexit } => "leaves by Goexit".into(),
            What::Fault { fault } => fault.to_string(),
            What::Recover => "recovers".into(),
            What::Memory { obj, access: Access::Read, value, .. } => {
                format!("reads {value} in {}", self.object(*obj))
            }
            What::Memory { obj, value, .. } => format!("writes {value} to {}", self.object(*obj)),
            // All is told by the operation, or there is none.
            What::Access { value: Value::Unit, .. } if matches!(op, Some(Op::Access { .. })) => return None,
            What::Access { obj, value: Value::Unit, .. } => format!("stops or resets {}", self.object(*obj)),
            What::Leave { .. } => "leaves a scope".into(),
            What::Access { access: Access::Read, value, .. } => format!("it is {value}"),
            What::Access { access: Access::Write | Access::Update, value, .. } => {
                format!("it is now {value}")
            }
            _ => return None,
        })
    }

    /// Why an operation waits.
    fn obstacle(&self, op: &Op) -> String {
        match op {
            Op::Send { ch, .. } if self.capacity(*ch) > 0 => "the buffer is full".into(),
            Op::Send { .. } => "nobody receives".into(),
            Op::Recv { ch: ObjId::NIL } => "nobody ever will send".into(),
            Op::Recv { ch } => match self.objects.get(ch) {
                Some((ObjKind::Chan { .. }, _)) if self.context_of(*ch).is_none() => "nobody sends".into(),
                _ => "it has not come yet".into(),
            },
            Op::Select { .. } => "no case is ready".into(),
            Op::Lock { lock, .. } => self.held(*lock),
            Op::CondWait { .. } => "no signal has come".into(),
            Op::Wait { .. } => "the counter is not zero".into(),
            Op::Acquire { .. } => "too few are free".into(),
            Op::Join { .. } => "it has not ended".into(),
            _ => "the time has not come".into(),
        }
    }

    /// "g2 holds it"
    fn held(&self, lock: ObjId) -> String {
        let names: Vec<_> = self.holders.of(lock).iter().map(|holder| self.task(holder.task)).collect();
        match names.as_slice() {
            [] => "others are before it".into(),
            [one] => format!("{one} holds it"),
            several => format!("{} hold it", several.join(" and ")),
        }
    }

    /// A hand-over tells by itself that it ends the other one's wait.
    fn waits_for_more_than_a_value(&self, task: TaskId) -> bool {
        !matches!(self.waits.get(&task), Some(Op::Send { .. } | Op::Recv { .. } | Op::Lock { .. }))
    }

    fn capacity(&self, ch: ObjId) -> u32 {
        match self.objects.get(&ch) {
            Some((ObjKind::Chan { cap }, _)) => *cap,
            _ => 0,
        }
    }

    /// The context that this channel is the done channel of.
    fn context_of(&self, ch: ObjId) -> Option<ObjId> {
        self.objects.iter().find_map(|(obj, (kind, _))| match kind {
            ObjKind::Context { done, .. } if *done == ch => Some(*obj),
            _ => None,
        })
    }

    /// A task by its name, or else its number.
    fn task(&self, task: TaskId) -> String {
        match self.tasks.get(&task).map(|name| &**name) {
            _ if task == TaskId::CLOCK => "the clock".into(),
            _ if task == TaskId::MAIN => "main".into(),
            Some(name) if !name.is_empty() && self.tasks.values().filter(|n| &***n == name).count() == 1 => {
                name.into()
            }
            Some(name) if !name.is_empty() => format!("{name} {task}"),
            _ => task.to_string(),
        }
    }

    /// An object by its name, or else its kind and number.
    fn object(&self, obj: ObjId) -> String {
        if obj == ObjId::NIL {
            return "a nil channel".into();
        }
        if let Some(ctx) = self.context_of(obj) {
            return format!("the end of {}", self.object(ctx));
        }
        match self.objects.get(&obj) {
            Some((_, name)) if !name.is_empty() => name.to_string(),
            Some((kind, _)) => format!("{} {obj}", word(*kind)),
            None => obj.to_string(),
        }
    }
}

fn word(kind: ObjKind) -> &'static str {
    match kind {
        ObjKind::Chan { .. } => "channel",
        ObjKind::Timer => "timer",
        ObjKind::WaitGroup => "wait group",
        ObjKind::Mutex => "mutex",
        ObjKind::RwLock => "read-write lock",
        ObjKind::Cond => "condition",
        ObjKind::Once => "once",
        ObjKind::Atomic => "atomic",
        ObjKind::Map => "map",
        ObjKind::Pool => "pool",
        ObjKind::Var => "variable",
        ObjKind::Array => "array",
        ObjKind::PlainMap => "plain map",
        ObjKind::Semaphore { .. } => "semaphore",
        ObjKind::Group => "group",
        ObjKind::Context { .. } => "context",
    }
}

fn manner(kind: LockKind) -> &'static str {
    match kind {
        LockKind::Read => " to read",
        LockKind::Write => " to write",
        LockKind::Mutex | LockKind::Once => "",
    }
}
