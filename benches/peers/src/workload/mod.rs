//! The workloads.

mod fan;
mod park;
mod pipe;
mod select;
mod spawn;
mod stream;

use crate::{Channels, Executor, Shared, clock::Clock};
use std::{any::Any, future::Future};

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Workload {
    /// Two tasks, two unbuffered channels, a message forth and one back.
    Pingpong,
    /// One sender, one receiver, unbuffered.
    Unbuf,
    /// The same with a capacity of 128.
    Buf128,
    /// Generator, maps and sink joined by 3 unbuffered channels; each send is a select with done.
    Pipe3,
    /// The same with 10.
    Pipe10,
    /// The same with 100.
    Pipe100,
    /// As `Pipe3`, the values boxed and their type erased.
    Erased3,
    /// Generator, 4 workers on its channel, one merged channel, one sink; each send is a select with done.
    Fan4,
    /// 2 channels that each hold a value: a select receives one, which is sent back; an operation is both.
    Sel2,
    /// The same with 8.
    Sel8,
    /// 2 unbuffered channels, a sender that goes round them, a receiver that selects over them.
    Selpark2,
    /// The same with 8.
    Selpark8,
    /// Empty tasks are started, then joined; an operation is one task.
    Spawn,
    /// Bytes for each of the tasks that are blocked on a receive from a channel of its own.
    ParkOwn,
    /// The same, all from one channel.
    ParkShared,
    /// 4 senders, 4 receivers, a capacity of 128.
    Mpmc,
}

impl Workload {
    /// Each with its name.
    pub const NAMES: [(Self, &str); 16] = [
        (Self::Pingpong, "pingpong"),
        (Self::Unbuf, "unbuf"),
        (Self::Buf128, "buf128"),
        (Self::Pipe3, "pipe3"),
        (Self::Pipe10, "pipe10"),
        (Self::Pipe100, "pipe100"),
        (Self::Erased3, "erased3"),
        (Self::Fan4, "fan4"),
        (Self::Sel2, "sel2"),
        (Self::Sel8, "sel8"),
        (Self::Selpark2, "selpark2"),
        (Self::Selpark8, "selpark8"),
        (Self::Spawn, "spawn"),
        (Self::ParkOwn, "park-own"),
        (Self::ParkShared, "park-shared"),
        (Self::Mpmc, "mpmc"),
    ];

    /// The workload of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(_, n)| *n == name).map(|(w, _)| *w)
    }
}

/// Measures a workload whose receivers have one owner each.
pub fn single<C: Channels, E: Executor>(workload: Workload, n: u64) -> Option<f64> {
    use Workload as W;
    let nanos = match workload {
        W::Pingpong => time::<E, _>(n, 1, stream::pingpong::<C, E>),
        W::Unbuf => time::<E, _>(n, 1, |n| stream::stream::<C, E>(0, n)),
        W::Buf128 => time::<E, _>(n, 1, |n| stream::stream::<C, E>(128, n)),
        W::Pipe3 => time::<E, _>(n, 3, |n| pipe::pipe::<C, E, u64>(3, n)),
        W::Pipe10 => time::<E, _>(n / 5, 10, |n| pipe::pipe::<C, E, u64>(10, n)),
        W::Pipe100 => time::<E, _>(n / 50, 100, |n| pipe::pipe::<C, E, u64>(100, n)),
        W::Erased3 => time::<E, _>(n, 3, |n| pipe::pipe::<C, E, Box<dyn Any + Send>>(3, n)),
        W::Sel2 => time::<E, _>(n, 1, select::ready2::<C>),
        W::Sel8 => time::<E, _>(n, 1, select::ready8::<C>),
        W::Selpark2 => time::<E, _>(n, 1, select::parked2::<C, E>),
        W::Selpark8 => time::<E, _>(n, 1, select::parked8::<C, E>),
        W::Spawn => time::<E, _>(n, 1, spawn::spawn::<E>),
        W::ParkOwn => return park::bytes::<E, _>(n, park::own::<C, E>),
        W::ParkShared | W::Fan4 | W::Mpmc => return None,
    };
    Some(nanos)
}

/// Measures any workload.
pub fn shared<C: Shared, E: Executor>(workload: Workload, n: u64) -> Option<f64> {
    use Workload as W;
    match workload {
        W::Fan4 => Some(time::<E, _>(n, 2, fan::fan4::<C, E>)),
        W::Mpmc => Some(time::<E, _>(n, 1, fan::mpmc::<C, E>)),
        W::ParkShared => park::bytes::<E, _>(n, park::shared::<C, E>),
        _ => single::<C, E>(workload, n),
    }
}

/// Nanoseconds an operation of the second of two runs in the same process; the first, shorter one warms up.
fn time<E: Executor, F>(items: u64, ops: u64, work: impl Fn(u64) -> F) -> f64
where
    F: Future<Output = ()> + Send + 'static,
{
    // What V8 has compiled quickly it compiles well only after a while.
    let warm = if cfg!(target_arch = "wasm32") { items } else { items / 10 };
    E::run(work(warm));
    let work = work(items);
    let nanos = E::run(async move {
        let clock = Clock::start();
        work.await;
        clock.nanos()
    });
    nanos / (items * ops) as f64
}
