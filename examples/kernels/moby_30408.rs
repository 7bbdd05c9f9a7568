//! Moby: a request waits until the manifest of a plugin is there.
//!
//! Loading the manifest fails, and nobody says so: the request waits for a signal that never comes. The
//! repair keeps the failure beside the manifest and wakes all who wait, in either case.

use fanin::{
    chan, go,
    sync::{Cond, Mutex},
};

#[derive(Default)]
struct Plugin {
    manifest: Option<&'static str>,
    failed: bool,
}

pub async fn buggy() {
    load(async |_: &Mutex<Plugin>, _: &Cond| {}).await;
}

pub async fn repaired() {
    load(async |plugin: &Mutex<Plugin>, changed: &Cond| {
        plugin.lock().await.failed = true;
        changed.broadcast();
    })
    .await;
}

async fn load(fail: impl AsyncFnOnce(&Mutex<Plugin>, &Cond)) {
    let (plugin, changed) = (Mutex::new(Plugin::default()), Cond::new());
    let (done_tx, done) = chan::<()>(0);
    go({
        let (plugin, changed) = (plugin.clone(), changed.clone());
        async move {
            let mut guard = plugin.lock().await;
            while guard.manifest.is_none() && !guard.failed {
                guard = changed.wait(guard).await;
            }
            drop(guard);
            done_tx.close();
        }
    });
    fail(&plugin, &changed).await;
    done.recv().await;
}
