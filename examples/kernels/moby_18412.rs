//! Moby: a test runs a command, with a limit on its time, and then looks at its exit code and output.
//!
//! After the limit it looks without waiting: the one who waits for the command writes later, and finds nobody
//! to tell. The repair kills the command and waits for its end.

use fanin::{
    chan, go, select,
    sync::shared::Var,
    time::after,
};
use std::time::Duration;

const LIMIT: Duration = Duration::from_millis(1);

pub async fn buggy() {
    command(false).await;
}

pub async fn repaired() {
    command(true).await;
}

async fn command(waits: bool) {
    let exit_code = Var::new(0);
    let (kill, killed) = chan::<()>(0);
    let (done_tx, done) = chan(0);
    let own = exit_code.clone();
    go(async move {
        select! {
            _ = after(2 * LIMIT).recv() => {}
            killed.recv() => {}
        }
        own.set(1);
        done_tx.send(()).await;
    });
    select! {
        after(LIMIT).recv() => {
            if waits {
                kill.close();
                done.recv().await;
            }
        }
        done.recv() => {}
    }
    exit_code.get();
}
