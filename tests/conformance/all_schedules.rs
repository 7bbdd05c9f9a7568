//! Every schedule of a small program, one after the other, without any reduction.

use fanin::sim::{Choice, Config, Run, Strategy};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

/// The choices of a run: the one taken, and among how many.
type Path = Arc<Mutex<Vec<(u32, u32)>>>;

/// Repeats the choices of a path, then takes the first possibility of each further one and notes it.
struct Walk {
    path: Path,
    at: usize,
}

impl Strategy for Walk {
    fn pick(&mut self, _: Choice, of: u32) -> u32 {
        let mut path = self.path.lock().expect("no panic in here");
        if self.at == path.len() {
            path.push((0, of));
        }
        self.at += 1;
        path[self.at - 1].0
    }
}

/// Runs a program under each of its schedules; gives how many there are.
pub fn each_schedule<F>(program: impl Fn() -> F, mut see: impl FnMut(Run<F::Output>)) -> u32
where
    F: Future<Output: Send> + Send + 'static,
{
    let path = Path::default();
    for count in 1.. {
        see(Config::new().strategy(Walk { path: path.clone(), at: 0 }).run(program()));
        let mut path = path.lock().expect("no panic in here");
        loop {
            match path.pop() {
                None => return count,
                Some((taken, of)) if taken + 1 < of => break path.push((taken + 1, of)),
                Some(_) => {}
            }
        }
    }
    unreachable!("there are fewer schedules than numbers")
}

/// What main returns, and under how many schedules; main has to return under each.
pub fn outcomes<F>(program: impl Fn() -> F) -> BTreeMap<F::Output, u32>
where
    F: Future<Output: Ord + Send> + Send + 'static,
{
    let mut outcomes = BTreeMap::new();
    each_schedule(program, |run| {
        let report = run.recording.report();
        *outcomes.entry(run.value.unwrap_or_else(|| panic!("{report}"))).or_default() += 1;
    });
    outcomes
}
