//! Plain accesses are no steps, and yet nothing is missed: the reduced search finds a data race exactly where there
//! is one in any schedule, and without one it reaches every state.

use fanin::{
    Receiver, Sender, chan,
    detect::{Kind, findings},
    explore::{Explorer, Verdict},
    go,
    probe::{TaskId, What},
    sim::{Choice, Config, Recording, Seeded, Strategy},
    sync::{Mutex, shared::Var},
    yield_now,
};
use std::collections::{BTreeMap, BTreeSet};

/// How many schedules are taken at most; larger programs are passed over.
const TOO_MANY: u64 = 3_000;

#[derive(Clone, Copy, Debug)]
enum Step {
    Get(usize),
    Set(usize),
    Locked(usize),
    Store,
    Load,
    Send,
    Recv,
    Yield,
}

#[derive(Clone)]
struct Shared {
    plain: [Var<i64>; 2],
    flag: Var<i64>,
    mutex: Mutex<()>,
    channel: (Sender<i64>, Receiver<i64>),
}

#[derive(Clone, Debug)]
struct Program {
    cap: usize,
    tasks: Vec<Vec<Step>>,
}

impl Program {
    fn random(seed: u64) -> Self {
        let mut random = Seeded::new(seed);
        let mut below = |n: u32| random.pick(Choice::Among, n);
        let cap = below(3) as usize;
        let tasks = 2 + below(2);
        let step = |kind, x| match kind {
            0 => Step::Get(x),
            1 => Step::Set(x),
            2 | 3 => Step::Locked(x),
            4 => Step::Store,
            5 => Step::Load,
            6 | 7 => Step::Send,
            8 | 9 => Step::Recv,
            _ => Step::Yield,
        };
        let tasks = (0..tasks).map(|_| {
            let length = 1 + below(5 - tasks);
            (0..length).map(|_| step(below(11), below(2) as usize)).collect()
        });
        Self { cap, tasks: tasks.collect() }
    }

    async fn main(self) {
        let shared = Shared {
            plain: [Var::new(0), Var::new(0)],
            flag: Var::new(0),
            mutex: Mutex::new(()),
            channel: chan(self.cap),
        };
        for (id, steps) in (1..).zip(self.tasks) {
            go(run(shared.clone(), id, steps));
        }
    }
}

/// What a task writes tells who wrote it, and after what.
async fn run(shared: Shared, id: i64, steps: Vec<Step>) {
    let mut seen = id;
    for step in steps {
        match step {
            Step::Get(x) => seen = 10 * seen + shared.plain[x].get() % 10,
            Step::Set(x) => shared.plain[x].set(seen),
            Step::Locked(x) => {
                let _guard = shared.mutex.lock().await;
                shared.plain[x].update(|value| *value = 10 * *value + id);
            }
            Step::Store => shared.flag.atomic_store(seen).await,
            Step::Load => seen = 10 * seen + shared.flag.atomic_load().await % 10,
            Step::Send => shared.channel.0.send(seen).await,
            Step::Recv => seen = 10 * seen + shared.channel.1.recv().await.unwrap_or(0) % 10,
            Step::Yield => yield_now().await,
        }
    }
}

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
    let mut exploration = explorer.start(|config: Config| config.start(program.clone().main()));
    let (mut states, mut races) = (BTreeSet::new(), false);
    while exploration.advance() {
        if let Some(recording) = exploration.last() {
            states.insert(state(recording));
            races |= findings(&recording.events).iter().any(|f| f.kind == Kind::DataRace);
        }
    }
    (exploration.report().verdict == Verdict::Complete).then_some((states, races))
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
