//! A data race is found in a run in which nothing went wrong, and is gone with the lock.

use fanin::{
    WaitGroup, detect, named,
    sim::{Config, Recording},
    sync::{Mutex, shared::Var},
};

fn run(locked: bool) -> Recording {
    let run = Config::new().run(async move {
        let (count, mutex) = (named("count", || Var::new(0)), Mutex::new(()));
        let wg = WaitGroup::new();
        for _ in 0..2 {
            let (count, mutex) = (count.clone(), mutex.clone());
            wg.go(async move {
                let _guard = if locked { Some(mutex.lock().await) } else { None };
                count.update(|n| *n += 1);
            });
        }
        wg.wait().await;
        fanin::output(&count.get());
    });
    run.recording
}

fn main() {
    for locked in [false, true] {
        let recording = run(locked);
        println!("locked: {locked}, the count is {}", recording.outputs()[0]);
        for race in detect::findings(&recording.events) {
            println!("{}", race.message);
        }
    }
}
