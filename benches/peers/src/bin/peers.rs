//! The other libraries, each on the executors of one thread.

use peers::{
    channels::{AsyncChannel, Flume, Futures, Kanal, Tokio as TokioChannel},
    executors::{AsyncExecutor, LocalPool, Tokio},
    workload::{shared, single},
};

peers::contenders! {
    "kanal/local-pool" => shared::<Kanal, LocalPool>,
    "kanal/tokio" => shared::<Kanal, Tokio>,
    "kanal/async-executor" => shared::<Kanal, AsyncExecutor>,
    "flume/local-pool" => shared::<Flume, LocalPool>,
    "flume/tokio" => shared::<Flume, Tokio>,
    "flume/async-executor" => shared::<Flume, AsyncExecutor>,
    "async-channel/local-pool" => shared::<AsyncChannel, LocalPool>,
    "async-channel/tokio" => shared::<AsyncChannel, Tokio>,
    "async-channel/async-executor" => shared::<AsyncChannel, AsyncExecutor>,
    "futures/local-pool" => single::<Futures, LocalPool>,
    "futures/tokio" => single::<Futures, Tokio>,
    "futures/async-executor" => single::<Futures, AsyncExecutor>,
    "tokio/local-pool" => single::<TokioChannel, LocalPool>,
    "tokio/tokio" => single::<TokioChannel, Tokio>,
    "tokio/async-executor" => single::<TokioChannel, AsyncExecutor>,
}
