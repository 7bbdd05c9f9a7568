//! gRPC: a resolver is built inside a wrapper, and may report an error before it is put there.
//!
//! The report uses the wrapper's field under the lock, the assignment takes none, and comes later. The repair
//! assigns under the lock that building holds, before any report can be made.

use fanin::{
    go, panic,
    sync::{Mutex, shared::Var},
    yield_now,
};

type Resolver = Var<Option<&'static str>>;

fn report_error(lock: &Mutex<()>, resolver: &Resolver) {
    let (lock, resolver) = (lock.clone(), resolver.clone());
    go(async move {
        let _guard = lock.lock().await;
        if resolver.get().is_none() {
            panic("invalid memory address or nil pointer dereference").await;
        }
    });
}

pub async fn buggy() {
    let (lock, resolver) = (Mutex::new(()), Var::new(None));
    go(async move {
        let guard = lock.lock().await;
        report_error(&lock, &resolver);
        drop(guard);
        // The rest of building.
        yield_now().await;
        resolver.set(Some("dns"));
    });
}

pub async fn repaired() {
    let (lock, resolver) = (Mutex::new(()), Var::new(None));
    go(async move {
        let guard = lock.lock().await;
        report_error(&lock, &resolver);
        resolver.set(Some("dns"));
        drop(guard);
    });
}
