//! What the goroutines are at, in the manner of Go's dump.

use super::Recording;
use crate::probe::{Event, Op, Place, TaskId, What};
use std::{collections::BTreeMap, fmt::Write, sync::Arc};

/// A task that has not ended.
struct Goroutine<'a> {
    name: Arc<str>,
    state: State<'a>,
    /// The line that it is at.
    place: Option<&'a Place>,
    by: TaskId,
    started_at: Option<&'a Place>,
}

enum State<'a> {
    Runnable,
    /// At work in this step.
    Running(u32),
    /// Since an instant in nanoseconds.
    Waits(&'a Op, u64),
}

impl Recording {
    /// What the goroutines are at after `step`, in the manner of Go's dump: those that have not ended, each with
    /// its state, its name, its line, and the line that started it.
    ///
    /// ```
    /// use fanin::{chan, go, named, sim::Config};
    /// let run = Config::new().run(async {
    ///     let (_tx, rx) = chan::<u32>(0);
    ///     named("reader", || go(async move { rx.recv().await }));
    /// });
    /// let dump = run.recording.dump(run.recording.steps());
    /// assert!(dump.starts_with("goroutine 2 [chan receive]:\nreader\n\t"));
    /// assert!(dump.contains("\ncreated by goroutine 1\n\t"));
    /// ```
    pub fn dump(&self, step: u32) -> String {
        let shown = self.events.iter().take_while(|e| e.step <= step);
        let now = shown.clone().last().map_or(0, |e| e.at);
        let each = goroutines(shown, step).into_iter().map(|(id, goroutine)| goroutine.told(id, now));
        each.collect::<Vec<_>>().join("\n\n")
    }

    /// How the run ended and what its unfinished tasks wait for, in the manner of Go's report.
    ///
    /// ```
    /// let run = fanin::sim::Config::new().run(async {
    ///     let (_tx, rx) = fanin::chan::<u32>(0);
    ///     rx.recv().await
    /// });
    /// let report = run.recording.report();
    /// assert!(report.starts_with("fatal error: all goroutines are asleep - deadlock!"));
    /// assert!(report.contains("goroutine 1 [chan receive]:"));
    /// ```
    pub fn report(&self) -> String {
        let outcome = self.outcome.as_ref().map_or_else(|| "running".into(), ToString::to_string);
        match self.dump(self.steps()) {
            dump if dump.is_empty() => outcome,
            dump => format!("{outcome}\n\n{dump}"),
        }
    }
}

fn goroutines<'a>(events: impl Iterator<Item = &'a Event>, until: u32) -> BTreeMap<TaskId, Goroutine<'a>> {
    let mut all: BTreeMap<TaskId, Goroutine<'a>> = BTreeMap::new();
    for e in events {
        if let What::Go { child, name } = &e.what {
            let (state, started_at) = (State::Runnable, e.place.as_ref());
            let new = Goroutine { name: name.clone(), state, place: None, by: e.task, started_at };
            all.insert(*child, new);
        }
        if let What::Wake { task } = &e.what
            && let Some(woken) = all.get_mut(task)
        {
            woken.state = State::Runnable;
        }
        if let What::End { .. } = &e.what {
            all.remove(&e.task);
        }
        let Some(actor) = all.get_mut(&e.task) else { continue };
        match &e.what {
            What::Next { .. } => actor.state = State::Runnable,
            What::Park { op } => actor.state = State::Waits(op, e.at),
            _ if e.step == until => actor.state = State::Running(e.step),
            _ => {}
        }
        if e.place.is_some() {
            actor.place = e.place.as_ref();
        }
    }
    all
}

impl Goroutine<'_> {
    fn told(&self, id: TaskId, now: u64) -> String {
        let state = match self.state {
            State::Runnable => "runnable".into(),
            State::Running(step) => format!("running, step {step}"),
            State::Waits(op, since) => match (now - since) / MINUTE {
                0 => op.wait_reason().into(),
                minutes => format!("{}, {minutes} minutes", op.wait_reason()),
            },
        };
        let mut text = format!("goroutine {} [{state}]:", id.0);
        if !self.name.is_empty() {
            let _infallible = write!(text, "\n{}", self.name);
        }
        if let Some(place) = self.place {
            let _infallible = write!(text, "\n\t{place}");
        }
        if self.by != TaskId::CLOCK {
            let _infallible = write!(text, "\ncreated by goroutine {}", self.by.0);
            if let Some(place) = self.started_at {
                let _infallible = write!(text, "\n\t{place}");
            }
        }
        text
    }
}

/// In nanoseconds.
const MINUTE: u64 = 60_000_000_000;
