//! etcd: the authentication tokens of a user are removed while another task looks one up.
//!
//! Both use a plain map, without a lock. The repair has one.

use fanin::{
    go,
    sync::{Mutex, shared::Map},
};

pub async fn buggy() {
    let tokens = Map::of([("token", "user")]);
    let read = tokens.clone();
    go(async move {
        for (token, _) in tokens.entries() {
            tokens.remove(&token);
        }
    });
    go(async move { read.get(&"token") });
}

pub async fn repaired() {
    let (lock, tokens) = (Mutex::new(()), Map::of([("token", "user")]));
    let (read_lock, read) = (lock.clone(), tokens.clone());
    go(async move {
        let _guard = lock.lock().await;
        for (token, _) in tokens.entries() {
            tokens.remove(&token);
        }
    });
    go(async move {
        let _guard = read_lock.lock().await;
        read.get(&"token")
    });
}
