//! The executors.

mod async_executor;
mod local_pool;
#[cfg(not(target_arch = "wasm32"))]
mod threads;
mod tokio;

pub use async_executor::AsyncExecutor;
#[cfg(not(target_arch = "wasm32"))]
pub use async_executor::AsyncExecutor2;
pub use local_pool::LocalPool;
#[cfg(not(target_arch = "wasm32"))]
pub use threads::Threads;
pub use tokio::Tokio;
#[cfg(not(target_arch = "wasm32"))]
pub use tokio::Tokio2;
