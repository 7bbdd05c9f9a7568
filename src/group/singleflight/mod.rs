//! Calls that share a run.

mod run;

use crate::{
    lock::{Mutex, lock},
    probe::{self, Access, Fault, Obj, ObjKind, Op, Site, Value, What},
    rt::Raise,
    sync::{Receiver, Sender, chan, step::Step},
};
use run::{Run, UnderWay};
use std::{collections::BTreeMap, fmt, future::Future, sync::Arc};

/// Calls with keys: those of one key that overlap in time share one run, as with Go's `singleflight.Group`.
///
/// Clones are handles to the same calls. The function runs in a task of its own, so that whoever began it
/// can give up without harm to the others.
///
/// ```
/// use fanin::{group::Calls, time::sleep};
/// use std::time::Duration;
/// fanin::sim::run(async {
///     let pages = Calls::new();
///     let load = || async { sleep(Duration::from_secs(1)).await; "page" };
///     let other = { let pages = pages.clone(); fanin::go(async move { pages.call("/", load()).await }) };
///     let answer = pages.call("/", load()).await;
///     assert_eq!((answer.value, answer.shared), ("page", true));
///     assert_eq!(other.await, Ok(answer));
/// });
/// ```
pub struct Calls<K, V> {
    inner: Arc<Inner<K, V>>,
}

/// What a call gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer<V> {
    /// What the function returned.
    pub value: V,
    /// Whether several calls got it.
    pub shared: bool,
}

struct Inner<K, V> {
    obj: Obj,
    running: Mutex<BTreeMap<K, Arc<Run<V>>>>,
}

impl<K, V> Calls<K, V>
where
    K: Ord + Clone + Send + 'static,
    V: Clone + Send + 'static,
{
    /// No calls.
    ///
    /// ```
    /// use fanin::group::Calls;
    /// let answer = fanin::sim::run(async { Calls::new().call("six by seven", async { 42 }).await });
    /// assert_eq!((answer.value, answer.shared), (42, false));
    /// ```
    #[track_caller]
    pub fn new() -> Self {
        let obj = Obj::new(Site::here(), || ObjKind::Group);
        Self { inner: Arc::new(Inner { obj, running: Mutex::default() }) }
    }

    /// Runs `f`, or joins the run of the call for `key` that is under way; gives its result, as Go's `Do`.
    ///
    /// # Panics
    ///
    /// If the function panics, each call that waits for it panics with the same text. If it leaves by Goexit,
    /// they do so too.
    ///
    /// # Cancel safety
    ///
    /// Dropped, it loses its result and nothing else: the run goes on.
    ///
    /// ```
    /// use fanin::{go, group::Calls, time::sleep};
    /// use std::time::Duration;
    /// fanin::sim::run(async {
    ///     let calls = Calls::new();
    ///     let slow = || async { sleep(Duration::from_secs(1)).await; 42 };
    ///     let other = { let calls = calls.clone(); go(async move { calls.call("key", slow()).await }) };
    ///     assert_eq!(calls.call("key", slow()).await.value, 42);
    ///     assert!(other.await.unwrap().shared);
    /// });
    /// ```
    #[track_caller]
    pub fn call<F>(&self, key: K, f: F) -> impl Future<Output = Answer<V>> + Send + use<K, V, F>
    where
        F: Future<Output = V> + Send + 'static,
    {
        self.call_at(Site::here(), key, f)
    }

    /// As [`call`](Self::call), on behalf of the caller at `site`.
    pub(crate) fn call_at<F>(
        &self,
        site: Site,
        key: K,
        f: F,
    ) -> impl Future<Output = Answer<V>> + Send + use<K, V, F>
    where
        F: Future<Output = V> + Send + 'static,
    {
        let begin = self.begin(site, key, f, None);
        async move {
            let run = begin.await;
            run.done().recv_at(site).await;
            match run.answer() {
                Ok(answer) => answer,
                Err(fault) => match Raise::new(fault, site).await {},
            }
        }
    }

    /// As [`call`](Self::call), but gives a channel that gets the result and is never closed, as Go's `DoChan`.
    ///
    /// A panic of the function then ends the program, because nobody could recover it.
    ///
    /// ```
    /// use fanin::group::Calls;
    /// fanin::sim::run(async {
    ///     let calls = Calls::new();
    ///     let result = calls.call_chan("six by seven", async { 42 }).await;
    ///     assert_eq!(result.recv().await.unwrap().value, 42);
    /// });
    /// ```
    #[track_caller]
    pub fn call_chan<F>(
        &self,
        key: K,
        f: F,
    ) -> impl Future<Output = Receiver<Answer<V>>> + Send + use<K, V, F>
    where
        F: Future<Output = V> + Send + 'static,
    {
        let (tx, rx) = chan(1);
        let begin = self.begin(Site::here(), key, f, Some(tx));
        async move {
            begin.await;
            rx
        }
    }

    /// Lets the next call for `key` start a run of its own, although one may be under way.
    ///
    /// ```
    /// use fanin::{chan, group::Calls};
    /// fanin::sim::run(async {
    ///     let (_never_sent, wait) = chan::<u32>(0);
    ///     let calls = Calls::new();
    ///     let stuck = calls.call_chan("key", async move { wait.recv().await }).await;
    ///     calls.forget("key");
    ///     assert_eq!(calls.call("key", async { Some(1) }).await.value, Some(1));
    ///     assert!(stuck.is_empty());
    /// });
    /// ```
    #[track_caller]
    pub fn forget(&self, key: K) {
        let inner = self.inner.clone();
        probe::act(
            Site::here(),
            || self.inner.op(),
            // Dropped without the lock: a key can be anything.
            move || inner.touch(|running| running.remove_entry(&key)).map(drop),
        );
    }

    /// Forgets the run for `key` unless others have joined it; false if it goes on to be shared.
    ///
    /// ```
    /// use fanin::group::Calls;
    /// fanin::sim::run(async {
    ///     let calls = Calls::<_, u32>::new();
    ///     assert!(calls.forget_unshared("nobody asked for it").await);
    /// });
    /// ```
    #[track_caller]
    pub fn forget_unshared(&self, key: K) -> Step<impl FnOnce() -> Result<bool, Fault> + use<K, V>> {
        let inner = self.inner.clone();
        Step::new(Site::here(), self.inner.op(), move || {
            let forgotten = inner.touch(|running| {
                let shared = running.get(&key).is_some_and(|run| run.is_shared());
                (!shared).then(|| running.remove_entry(&key))
            })?;
            Ok(forgotten.is_some())
        })
    }

    /// Joins the run for `key`, or starts it.
    fn begin<F>(
        &self,
        site: Site,
        key: K,
        f: F,
        channel: Option<Sender<Answer<V>>>,
    ) -> Step<impl FnOnce() -> Result<Arc<Run<V>>, Fault> + use<K, V, F>>
    where
        F: Future<Output = V> + Send + 'static,
    {
        let inner = self.inner.clone();
        Step::new(site, self.inner.op(), move || {
            let (run, is_new) = inner.touch(|running| {
                let (run, is_new) = match running.get(&key) {
                    Some(run) => {
                        run.join();
                        (run.clone(), false)
                    }
                    None => {
                        let run = Arc::new(Run::new());
                        running.insert(key.clone(), run.clone());
                        (run, true)
                    }
                };
                // Under the same lock: a run that is found has not ended.
                if let Some(channel) = channel {
                    run.send_to(channel);
                }
                (run, is_new)
            })?;
            if is_new {
                UnderWay::start(inner, key, run.clone(), site, f);
            }
            Ok(run)
        })
    }
}

impl<K: Ord, V> Inner<K, V> {
    fn op(&self) -> Op {
        Op::Access { obj: self.obj.id(), access: Access::Update }
    }

    fn touch<R>(&self, f: impl FnOnce(&mut BTreeMap<K, Arc<Run<V>>>) -> R) -> Result<R, Fault> {
        self.obj.check("use of calls")?;
        let (obj, access, value) = (self.obj.id(), Access::Update, Value::Opaque);
        probe::emit(|| What::Access { obj, access, value });
        Ok(f(&mut lock(&self.running)))
    }
}

impl<K, V> Clone for Calls<K, V> {
    fn clone(&self) -> Self {
        Self { inner: self.inner.clone() }
    }
}

impl<K, V> Default for Calls<K, V>
where
    K: Ord + Clone + Send + 'static,
    V: Clone + Send + 'static,
{
    #[track_caller]
    fn default() -> Self {
        Self::new()
    }
}

impl<K, V> fmt::Debug for Calls<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Calls").finish_non_exhaustive()
    }
}
