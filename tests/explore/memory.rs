//! Plain accesses are no steps, and yet nothing is missed: the reduced search finds a data race exactly where there
//! is one in any schedule, and without one it reaches every state.

use crate::{executions::each, plain::Program};
use fanin::{
    detect::{Kind, findings},
    explore::{Explorer, Verdict},
    go, output,
    probe::{TaskId, What},
    sim::{Config, Recording},
    sync::Mutex,
};
use std::collections::{BTreeMap, BTreeSet};

/// How many schedules are taken at most; larger programs are passed over.
const TOO_MANY: u64 = 3_000;

/// What each task saw and wrote, and where it stands.
type State = BTreeMap<TaskId, Vec<String>>;

fn state(recording: &Recording) -> State {
    let mut state = State::new();
    for e in &recording.events {
        let (task, line) = match &e.what {
            What::Memory { obj, value, .. } | What::Access { obj, value, .. } => {
                (e.task, format!("{obj} {value}"))
            }
            What::Recv { value, .. } => (e.task, format!("got {value}")),
            What::Send { to: Some(to), value, .. } => (*to, format!("got {value}")),
            _ => continue,
        };
        state.entry(task).or_default().push(line);
    }
    for (task, op) in recording.unfinished() {
        state.entry(task).or_default().push(format!("waits {op:?}"));
    }
    state
}

/// The states that are reached, and whether there is a data race; nothing if there are too many schedules.
fn explored(explorer: &Explorer, program: &Program) -> Option<(BTreeSet<State>, bool)> {
    let races = |r: &Recording| findings(&r.events).iter().any(|f| f.kind == Kind::DataRace);
    let exploration = explorer.start(|config: Config| config.start(program.clone().main()));
    let (report, seen) = each(exploration, |r| (state(r), races(r)));
    let (states, races): (_, Vec<_>) = seen.into_iter().unzip();
    (report.verdict == Verdict::Complete).then_some((states, races.contains(&true)))
}

/// Compares as many programs as `FANIN_PROGRAMS` says, 250 if it says nothing.
#[test]
fn plain_accesses_need_no_steps() {
    let programs =
        std::env::var("FANIN_PROGRAMS").map_or(250, |n| n.parse().expect("FANIN_PROGRAMS is a number"));
    let (mut racy, mut ordered) = (0, 0);
    for seed in 0..programs {
        let program = Program::random(seed);
        let every = Explorer::new().every_schedule().max_executions(TOO_MANY);
        let Some((states, races)) = explored(&every, &program) else { continue };
        let reduced = explored(&Explorer::new(), &program).expect("it takes fewer schedules");
        assert_eq!(reduced.1, races, "data races, seed {seed}: {program:?}");
        if races {
            racy += 1;
        } else {
            ordered += 1;
            assert_eq!(reduced.0, states, "states, seed {seed}: {program:?}");
        }
    }
    assert!(racy.min(ordered) > programs / 10, "{racy} with a race, {ordered} without");
}

/// Who puts something out after its unlock does not keep the other one from locking first.
#[test]
fn what_comes_after_an_unlock_hides_no_order_of_locks() {
    let program = || async {
        let mutex = Mutex::new(());
        let other = mutex.clone();
        go(async move {
            drop(mutex.lock().await);
            drop(mutex.lock().await);
            output(&"a");
        });
        go(async move {
            let _guard = other.lock().await;
            output(&"b");
        });
    };
    for explorer in [Explorer::new(), Explorer::new().every_schedule()] {
        let report = explorer.run(program);
        let outputs: BTreeSet<_> = report.outcomes.iter().map(|outcome| outcome.outputs.concat()).collect();
        assert_eq!(outputs, BTreeSet::from(["ab".into(), "ba".into()]), "{report}");
    }
}
