//! Starting and joining tasks.

use crate::Executor;

pub(super) async fn spawn<E: Executor>(n: u64) {
    let tasks: Vec<_> = (0..n).map(|_| E::spawn(async {})).collect();
    for task in tasks {
        task.await;
    }
}
