//! Random small programs on plain memory, with and without what orders them.

use fanin::{
    Receiver, Sender, chan, go,
    sim::{Choice, Seeded, Strategy},
    sync::{Mutex, shared::Var},
    yield_now,
};

#[derive(Clone, Copy, Debug)]
pub enum Step {
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
pub struct Program {
    pub cap: usize,
    pub tasks: Vec<Vec<Step>>,
}

impl Program {
    pub fn random(seed: u64) -> Self {
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

    pub async fn main(self) {
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
