//! etcd: a keeper of tokens adds those that it is sent, and at a tick removes the old ones under a lock.
//!
//! A user sends with that lock held: the keeper in its tick waits for the user, and the user for the keeper. The
//! repair sends after the unlock.

use fanin::{
    Receiver, Sender, WaitGroup, chan, go, select,
    sync::RwLock,
    time::{Timer, now},
};
use std::{collections::BTreeMap, time::Duration};

/// The original has a slot in its channel, which takes one user more to fill, and ticks for ever.
const USERS: i64 = 2;

pub async fn buggy() {
    authenticate(true).await;
}

pub async fn repaired() {
    authenticate(false).await;
}

async fn authenticate(locked: bool) {
    let (store, wg) = (RwLock::new(()), WaitGroup::new());
    let (add, added) = chan(0);
    let (stop, stopped) = chan::<Sender<()>>(0);
    go(keep(store.clone(), added, stopped));
    wg.add(USERS);
    for _ in 0..USERS {
        let (store, add, wg) = (store.clone(), add.clone(), wg.clone());
        go(async move {
            let guard = store.write().await;
            let held = locked.then_some(guard);
            add.send("token").await;
            drop(held);
            wg.done();
        });
    }
    wg.wait().await;
    let (reply, ended) = chan(0);
    stop.send(reply).await;
    ended.recv().await;
    stop.close();
    drop(store.write().await);
}

async fn keep(store: RwLock<()>, added: Receiver<&'static str>, stopped: Receiver<Sender<()>>) {
    let tick = Timer::new(Duration::from_nanos(1));
    let mut tokens = BTreeMap::new();
    loop {
        select! {
            token = added.recv() => {
                tokens.insert(token, now());
            }
            tick.recv() => {
                while tokens.pop_first().is_some() {
                    drop(store.write().await);
                }
            }
            reply = stopped.recv() => {
                tick.stop();
                if let Some(reply) = reply {
                    reply.send(()).await;
                }
                return;
            }
        }
    }
}
