//! Names for tasks and objects that do not depend on the order in which independent ones came to be.

use fanin::{
    probe::{TaskId, What},
    sim::Recording,
};
use std::collections::BTreeMap;

/// Who made it, and which of its makings it was.
pub struct Names(BTreeMap<String, String>);

impl Names {
    pub fn of(recording: &Recording) -> Self {
        let mut names = BTreeMap::from([(of_task(TaskId::MAIN), "main".to_string())]);
        let mut made: BTreeMap<(TaskId, bool), u32> = BTreeMap::new();
        for e in &recording.events {
            let new = match &e.what {
                What::Go { child, .. } if *child != TaskId::MAIN => of_task(*child),
                What::Make { obj, .. } => format!("{obj:?}"),
                _ => continue,
            };
            let is_task = matches!(e.what, What::Go { .. });
            let nth = made.entry((e.task, is_task)).or_default();
            *nth += 1;
            let maker = names.get(&of_task(e.task)).cloned().unwrap_or_default();
            names.insert(new, format!("{maker}{}{nth}", if is_task { "/" } else { "#" }));
        }
        Self(names)
    }

    pub fn task(&self, task: TaskId) -> String {
        self.0.get(&of_task(task)).cloned().unwrap_or_default()
    }

    /// What the debugging form of something tells, with these names.
    pub fn tell(&self, debug: &str) -> String {
        self.0.iter().fold(debug.to_string(), |text, (id, name)| text.replace(id, name))
    }
}

fn of_task(task: TaskId) -> String {
    format!("{task:?}")
}
