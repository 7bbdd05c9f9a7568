//! Calls that share a run.

use crate::{
    lock::lock,
    probe::{self, Access, Fault, Obj, ObjKind, Op, Site, Value, What},
    rt::{self, Raise, recover},
    sync::{Receiver, Sender, chan, step::Step},
};
use std::{
    collections::BTreeMap,
    fmt,
    future::Future,
    sync::{Arc, Mutex},
};

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
    running: Mutex<BTreeMap<K, Arc<Call<V>>>>,
}

/// One run, and those who wait for it.
struct Call<V> {
    /// Closed at the end.
    end: Sender<()>,
    done: Receiver<()>,
    state: Mutex<State<V>>,
}

struct State<V> {
    joined: u32,
    channels: Vec<Sender<Answer<V>>>,
    /// Goexit until the function returns or panics.
    result: Result<V, Fault>,
}

impl<V: Clone> State<V> {
    fn answer(&self) -> Result<Answer<V>, Fault> {
        let shared = self.joined > 0;
        self.result.clone().map(|value| Answer { value, shared })
    }
}

impl<K, V> Calls<K, V>
where
    K: Ord + Clone + Send + 'static,
    V: Clone + Send + 'static,
{
    /// No calls.
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
    #[track_caller]
    pub fn call<F>(&self, key: K, f: F) -> impl Future<Output = Answer<V>> + Send + use<K, V, F>
    where
        F: Future<Output = V> + Send + 'static,
    {
        let site = Site::here();
        let begin = self.begin(site, key, f, None);
        async move {
            let call = begin.await;
            call.done.recv().await;
            let answer = lock(&call.state).answer();
            match answer {
                Ok(answer) => answer,
                Err(fault) => match Raise::new(fault, site).await {},
            }
        }
    }

    /// As [`call`](Self::call), but gives a channel that gets the result and is never closed, as Go's `DoChan`.
    ///
    /// A panic of the function then ends the program, because nobody could recover it.
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
    #[track_caller]
    pub fn forget(&self, key: K) {
        let inner = self.inner.clone();
        probe::act(
            Site::here(),
            || self.inner.op(),
            move || inner.touch(|running| drop(running.remove(&key))),
        );
    }

    /// Forgets the run for `key` unless others have joined it; false if it goes on to be shared.
    #[track_caller]
    pub fn forget_unshared(&self, key: K) -> Step<impl FnOnce() -> Result<bool, Fault> + use<K, V>> {
        let inner = self.inner.clone();
        Step::new(Site::here(), self.inner.op(), move || {
            inner.touch(|running| {
                let shared = running.get(&key).is_some_and(|call| lock(&call.state).joined > 0);
                if !shared {
                    running.remove(&key);
                }
                !shared
            })
        })
    }

    /// Joins the run for `key`, or starts it.
    fn begin<F>(
        &self,
        site: Site,
        key: K,
        f: F,
        channel: Option<Sender<Answer<V>>>,
    ) -> Step<impl FnOnce() -> Result<Arc<Call<V>>, Fault> + use<K, V, F>>
    where
        F: Future<Output = V> + Send + 'static,
    {
        let inner = self.inner.clone();
        Step::new(site, self.inner.op(), move || {
            let (call, is_new) = inner.touch(|running| {
                let is_new = !running.contains_key(&key);
                let call = running.entry(key.clone()).or_insert_with(|| Arc::new(Call::new())).clone();
                let mut state = lock(&call.state);
                state.joined += u32::from(!is_new);
                state.channels.extend(channel);
                drop(state);
                (call, is_new)
            })?;
            if is_new {
                let under_way = UnderWay { inner, key, call: call.clone() };
                rt::go(run(f, End { run: Some(under_way), site }));
            }
            Ok(call)
        })
    }
}

/// The task of a run.
async fn run<K, V, F>(f: F, end: End<K, V>)
where
    K: Ord + Send + 'static,
    V: Clone + Send + 'static,
    F: Future<Output = V>,
{
    let site = end.site;
    let result = recover(f).await;
    let (answer, channels) = end.with(result).await;
    match answer {
        Ok(answer) => {
            for channel in channels {
                channel.send(answer.clone()).await;
            }
        }
        Err(fault) if !channels.is_empty() => match Raise::new(fault, site).await {},
        Err(_) => {}
    }
}

impl<K: Ord, V> Inner<K, V> {
    fn op(&self) -> Op {
        Op::Access { obj: self.obj.id(), access: Access::Update }
    }

    fn touch<R>(&self, f: impl FnOnce(&mut BTreeMap<K, Arc<Call<V>>>) -> R) -> Result<R, Fault> {
        self.obj.check("use of calls")?;
        let (obj, access, value) = (self.obj.id(), Access::Update, Value::Opaque);
        probe::emit(|| What::Access { obj, access, value });
        Ok(f(&mut lock(&self.running)))
    }
}

impl<V> Call<V> {
    fn new() -> Self {
        let (end, done) = chan(0);
        let state = State { joined: 0, channels: Vec::new(), result: Err(Fault::Goexit) };
        Self { end, done, state: Mutex::new(state) }
    }
}

/// A run in the table of its calls.
struct UnderWay<K, V> {
    inner: Arc<Inner<K, V>>,
    key: K,
    call: Arc<Call<V>>,
}

impl<K: Ord, V> UnderWay<K, V> {
    /// Nobody joins it any more, and those who wait go on.
    fn end(self) -> Result<(), Fault> {
        self.inner.touch(|running| {
            // Forgotten, it may have a successor.
            if running.get(&self.key).is_some_and(|call| Arc::ptr_eq(call, &self.call)) {
                running.remove(&self.key);
            }
        })?;
        self.call.end.try_close_now();
        Ok(())
    }
}

/// Ends a run, also one whose function left by Goexit.
struct End<K: Ord + Send + 'static, V: Send + 'static> {
    run: Option<UnderWay<K, V>>,
    site: Site,
}

type Ended<V> = (Result<Answer<V>, Fault>, Vec<Sender<Answer<V>>>);

impl<K: Ord + Send + 'static, V: Clone + Send + 'static> End<K, V> {
    /// Ends it with a result; gives the answer, and who is to be sent it.
    fn with(
        mut self,
        result: Result<V, Fault>,
    ) -> Step<impl FnOnce() -> Result<Ended<V>, Fault> + use<K, V>> {
        let run = self.run.take().expect("ended once");
        Step::new(self.site, run.inner.op(), move || {
            let call = run.call.clone();
            lock(&call.state).result = result;
            run.end()?;
            let mut state = lock(&call.state);
            Ok((state.answer(), std::mem::take(&mut state.channels)))
        })
    }
}

impl<K: Ord + Send + 'static, V: Send + 'static> Drop for End<K, V> {
    fn drop(&mut self) {
        if let Some(run) = self.run.take() {
            let op = run.inner.op();
            probe::act(self.site.deferred(), || op, move || run.end());
        }
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
