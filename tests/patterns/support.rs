//! Runs under many seeds, and what to ask of a recording.

use std::collections::BTreeMap;

use fanin::{
    Receiver,
    probe::{Op, TaskId},
    sim::{Config, Recording, Run},
};

/// As many schedules as each promise is checked under.
pub const SEEDS: std::ops::Range<u64> = 0..200;

/// Runs `program` once a seed and hands the runs to `check`.
pub fn every_seed<T, F>(program: impl Fn() -> F, mut check: impl FnMut(T, &Recording))
where
    T: Send + 'static,
    F: Future<Output = T> + Send + 'static,
{
    for seed in SEEDS {
        let Run { value, recording, .. } = Config::new().seed(seed).run(program());
        let value = value.unwrap_or_else(|| panic!("seed {seed}: {:?}", recording.outcome));
        check(value, &recording);
    }
}

/// The tasks that never ended, each with what it waits in.
pub fn leaked(recording: &Recording) -> BTreeMap<TaskId, &'static str> {
    let reason = |op: Option<Op>| op.as_ref().map_or("runnable", Op::wait_reason);
    recording.unfinished().into_iter().map(|(task, op)| (task, reason(op))).collect()
}

/// Receives until the channel is closed.
pub async fn drain<T: Send + 'static>(input: Receiver<T>) -> Vec<T> {
    let mut values = Vec::new();
    while let Some(value) = input.recv().await {
        values.push(value);
    }
    values
}

/// The same values in another order.
pub fn sorted<T: Ord>(mut values: Vec<T>) -> Vec<T> {
    values.sort();
    values
}
