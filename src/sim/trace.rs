//! Recordings for trace viewers: Chrome's trace event format, which Perfetto opens.
//!
//! A step is a millisecond, since virtual time stands still while anybody can move. A goroutine is a track: its
//! slices say what state it was in, and an arrow leads from each send to its receive.

use super::Recording;
use crate::probe::{Event, Item, TaskId, What};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// In the viewer's microseconds.
const STEP: u64 = 1000;

impl Recording {
    /// The recording as JSON for a trace viewer, such as <https://ui.perfetto.dev>.
    ///
    /// ```
    /// let run = fanin::sim::Config::new().run(async { fanin::yield_now().await });
    /// let trace = run.recording.to_chrome_trace();
    /// assert!(trace.starts_with(r#"{"displayTimeUnit":"ms","traceEvents":["#));
    /// ```
    pub fn to_chrome_trace(&self) -> String {
        let mut trace = Trace::default();
        trace.track(TaskId::CLOCK, "clock");
        for e in &self.events {
            trace.add(e);
        }
        trace.end(u64::from(self.steps()) + 1);
        json!({ "displayTimeUnit": "ms", "traceEvents": trace.events }).to_string()
    }
}

#[derive(Default)]
struct Trace {
    events: Vec<Value>,
    /// The state that each task is in.
    open: BTreeMap<TaskId, Slice>,
}

struct Slice {
    name: &'static str,
    from: u64,
    args: Value,
}

impl Trace {
    fn add(&mut self, e: &Event) {
        let (task, start) = (e.task, u64::from(e.step) * STEP);
        let (middle, end) = (start + STEP / 2, start + STEP);
        let line = e.place.as_ref().map(ToString::to_string);
        if e.step > 0 && self.open.get(&task).is_none_or(|s| s.from < start || s.name != RUNNING) {
            self.enter(task, start, RUNNING, json!({ "step": e.step, "time in ns": e.at }));
        }
        match &e.what {
            What::Go { child, name } => {
                let named = if name.is_empty() { child.to_string() } else { format!("{child} {name}") };
                self.track(*child, &named);
                self.enter(*child, end, RUNNABLE, json!({ "started at": line }));
            }
            What::Next { op } => self.enter(task, end, RUNNABLE, json!({ "for": op, "at": line })),
            What::Park { op } => self.enter(task, end, op.wait_reason(), json!({ "in": op, "at": line })),
            What::Wake { task: woken } => self.enter(*woken, end, RUNNABLE, json!({ "woken by": task })),
            What::End { .. } => self.leave(task, end),
            What::Advance { .. } if task == TaskId::CLOCK => self.mark(task, middle, "the clock moves", e),
            What::Send { item, to, .. } => {
                self.arrow("s", *item, task, middle);
                if let Some(to) = to {
                    self.arrow("f", *item, *to, middle);
                }
            }
            What::Admit { item, from, .. } => self.arrow("s", *item, *from, middle),
            What::Recv { item, from, .. } => {
                if let Some(from) = from {
                    self.arrow("s", *item, *from, middle);
                }
                self.arrow("f", *item, task, middle);
            }
            What::Close { .. } => self.mark(task, middle, "close", e),
            What::Cancel { .. } => self.mark(task, middle, "cancel", e),
            What::Fault { .. } => self.mark(task, middle, "fault", e),
            What::Output { .. } => self.mark(task, middle, "output", e),
            _ => {}
        }
    }

    fn track(&mut self, task: TaskId, name: &str) {
        let name =
            json!({ "ph": "M", "name": "thread_name", "pid": 1, "tid": task, "args": { "name": name } });
        let order = json!({ "ph": "M", "name": "thread_sort_index", "pid": 1, "tid": task, "args": { "sort_index": task } });
        self.events.extend([name, order]);
    }

    /// The task changes to another state.
    fn enter(&mut self, task: TaskId, at: u64, name: &'static str, args: Value) {
        self.leave(task, at);
        self.open.insert(task, Slice { name, from: at, args });
    }

    fn leave(&mut self, task: TaskId, at: u64) {
        let Some(Slice { name, from, args }) = self.open.remove(&task).filter(|slice| slice.from < at) else {
            return;
        };
        let dur = at - from;
        self.events.push(
            json!({ "ph": "X", "name": name, "pid": 1, "tid": task, "ts": from, "dur": dur, "args": args }),
        );
    }

    fn end(&mut self, steps: u64) {
        let open: Vec<_> = self.open.keys().copied().collect();
        open.into_iter().for_each(|task| self.leave(task, steps * STEP));
    }

    fn mark(&mut self, task: TaskId, at: u64, name: &str, e: &Event) {
        let args = json!({ "what": e.what, "at": e.place });
        self.events.push(
            json!({ "ph": "i", "s": "t", "name": name, "pid": 1, "tid": task, "ts": at, "args": args }),
        );
    }

    /// One end of the way of a message.
    fn arrow(&mut self, phase: &str, item: Item, task: TaskId, at: u64) {
        self.events.push(
            json!({ "ph": phase, "bp": "e", "cat": "message", "name": "message", "id": item, "pid": 1, "tid": task, "ts": at }),
        );
    }
}

const RUNNING: &str = "running";
const RUNNABLE: &str = "runnable";
