//! Moby: a test starts tasks in a loop, and each uses the loop's variable.
//!
//! There is one variable for all rounds, which the loop goes on to count. The repair gives each task a copy
//! of its own.

use fanin::{WaitGroup, go, sync::shared::Var};

const FIRST: u32 = 17;
const LAST: u32 = 19;

pub async fn buggy() {
    versions(Var::clone).await;
}

pub async fn repaired() {
    versions(|version| Var::new(version.get())).await;
}

async fn versions(capture: fn(&Var<u32>) -> Var<u32>) {
    let (version, wg) = (Var::new(FIRST), WaitGroup::new());
    wg.add(i64::from(LAST - FIRST) + 1);
    while version.get() <= LAST {
        let (captured, wg) = (capture(&version), wg.clone());
        go(async move {
            captured.get();
            wg.done();
        });
        version.update(|n| *n += 1);
    }
    wg.wait().await;
}
