//! The other libraries, each on the executors of two threads, or with a thread for each task.

use peers::{
    channels::{AsyncChannel, Crossbeam, Flume, Futures, Kanal, Tokio},
    executors::{AsyncExecutor2, Threads, Tokio2},
    workload::{shared, single},
};

peers::contenders! {
    "kanal/tokio-2" => shared::<Kanal, Tokio2>,
    "kanal/async-executor-2" => shared::<Kanal, AsyncExecutor2>,
    "flume/tokio-2" => shared::<Flume, Tokio2>,
    "flume/async-executor-2" => shared::<Flume, AsyncExecutor2>,
    "async-channel/tokio-2" => shared::<AsyncChannel, Tokio2>,
    "async-channel/async-executor-2" => shared::<AsyncChannel, AsyncExecutor2>,
    "futures/tokio-2" => single::<Futures, Tokio2>,
    "futures/async-executor-2" => single::<Futures, AsyncExecutor2>,
    "tokio/tokio-2" => single::<Tokio, Tokio2>,
    "tokio/async-executor-2" => single::<Tokio, AsyncExecutor2>,
    "crossbeam-channel/threads" => shared::<Crossbeam, Threads>,
}
