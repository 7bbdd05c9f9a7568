//! Programs, and what is found in their runs.

use fanin::{
    detect::{Finding, Kind, findings},
    sim::Config,
    sync::shared::Var,
    time::{Sleep, sleep},
};
use std::time::Duration;

pub fn sleep_ms(n: u64) -> Sleep {
    sleep(Duration::from_millis(n))
}

/// What is found under each of some schedules; main returns in all of them.
pub fn found<F: Future<Output: Send> + Send + 'static>(program: impl Fn() -> F) -> Vec<Vec<Finding>> {
    let runs = (0..40).map(|seed| {
        let run = Config::new().seed(seed).run(program());
        assert!(run.value.is_some(), "{}", run.recording.report());
        findings(&run.recording.events)
    });
    runs.collect()
}

/// How many data races there are under each of some schedules of a program around a variable.
pub fn races<F>(program: impl Fn(Var<u32>) -> F + Clone + Send + 'static) -> Vec<usize>
where
    F: Future<Output: Send> + Send + 'static,
{
    let main = || {
        let program = program.clone();
        async move { program(Var::new(0)).await }
    };
    let is_race = |f: &&Finding| f.kind == Kind::DataRace;
    found(main).iter().map(|found| found.iter().filter(is_race).count()).collect()
}

/// There is no data race on the variable, under any schedule.
#[track_caller]
pub fn free<F>(program: impl Fn(Var<u32>) -> F + Clone + Send + 'static)
where
    F: Future<Output: Send> + Send + 'static,
{
    let races = races(program);
    assert!(races.iter().all(|n| *n == 0), "data races by seed: {races:?}");
}

/// There is a data race on the variable, under every schedule.
#[track_caller]
pub fn racy<F>(program: impl Fn(Var<u32>) -> F + Clone + Send + 'static)
where
    F: Future<Output: Send> + Send + 'static,
{
    let races = races(program);
    assert!(races.iter().all(|n| *n > 0), "data races by seed: {races:?}");
}
