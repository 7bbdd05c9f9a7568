//! Functions that run once and give their result again and again.

use super::Once;
use crate::{
    lock::{Mutex, lock},
    probe::{Fault, Site},
    rt::{Raise, recover},
};
use futures::future::BoxFuture;
use std::{fmt, future::Future, sync::Arc};

/// A function that runs at its first call and gives the same result at each, as Go's `sync.OnceValue`.
///
/// Clones are handles to the same function.
///
/// ```
/// use fanin::sync::OnceValue;
/// fanin::sim::run(async {
///     let answer = OnceValue::new(|| async {
///         fanin::output(&"computed once");
///         42
///     });
///     assert_eq!((answer.call().await, answer.call().await), (42, 42));
/// });
/// ```
pub struct OnceValue<T> {
    once: Once,
    cell: Arc<Mutex<Cell<T>>>,
}

/// A function without a result that runs once, as Go's `sync.OnceFunc`.
pub type OnceFunc = OnceValue<()>;

enum Cell<T> {
    Function(Box<dyn FnOnce() -> BoxFuture<'static, T> + Send>),
    /// Taken out to be run; and left so if its call was dropped.
    Taken,
    Result(Result<T, Fault>),
}

impl<T: Clone + Send + 'static> OnceValue<T> {
    /// Wraps `f`, which is dropped after its run.
    ///
    /// ```
    /// use fanin::sync::OnceValue;
    /// let value = fanin::sim::run(async { OnceValue::new(|| async { 42 }).call().await });
    /// assert_eq!(value, 42);
    /// ```
    #[track_caller]
    pub fn new<F>(f: impl FnOnce() -> F + Send + 'static) -> Self
    where
        F: Future<Output = T> + Send + 'static,
    {
        let f = Cell::Function(Box::new(|| Box::pin(f())));
        Self { once: Once::new(), cell: Arc::new(Mutex::new(f)) }
    }

    /// Runs the function if this is the first call, waits for its end, and gives its result.
    ///
    /// # Panics
    ///
    /// If the function panicked: each call panics with the same text. If the call that ran it was dropped or
    /// left by Goexit, with `the function of a once did not return`.
    ///
    /// # Cancel safety
    ///
    /// As [`Once::do_once`].
    ///
    /// ```
    /// use fanin::sync::OnceValue;
    /// let run = fanin::sim::Config::new().run(async {
    ///     let config = OnceValue::new(|| async { fanin::output(&"loading"); 42 });
    ///     config.call().await + config.call().await
    /// });
    /// assert_eq!((run.value, run.recording.outputs()), (Some(84), vec!["loading".to_string()]));
    /// ```
    #[track_caller]
    pub fn call(&self) -> impl Future<Output = T> + Send + use<T> {
        let cell = self.cell.clone();
        let run = self.once.do_once({
            let cell = cell.clone();
            async move || {
                let taken = std::mem::replace(&mut *lock(&*cell), Cell::Taken);
                if let Cell::Function(f) = taken {
                    let result = recover(f()).await;
                    *lock(&*cell) = Cell::Result(result);
                }
            }
        });
        let site = Site::here();
        async move {
            run.await;
            let fault = match &*lock(&*cell) {
                Cell::Result(Ok(value)) => return value.clone(),
                Cell::Result(Err(fault)) => fault.clone(),
                Cell::Function(_) | Cell::Taken => Fault::panic("the function of a once did not return"),
            };
            match Raise::new(fault, site).await {}
        }
    }
}

impl<T> Clone for OnceValue<T> {
    fn clone(&self) -> Self {
        Self { once: self.once.clone(), cell: self.cell.clone() }
    }
}

impl<T> fmt::Debug for OnceValue<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("OnceValue").field(&self.once).finish()
    }
}
