//! A run that calls share.

use super::{Answer, Inner};
use crate::{
    lock::{Mutex, lock},
    probe::{self, Fault, Site},
    rt::{self, Raise, recover},
    sync::{Receiver, Sender, chan, step::Step},
};
use std::{future::Future, sync::Arc};

/// A run, and those who wait for it.
pub(super) struct Run<V> {
    /// Closed at the end.
    end: Sender<()>,
    done: Receiver<()>,
    state: Mutex<State<V>>,
}

/// Those that an answer is sent to.
type Channels<V> = Vec<Sender<Answer<V>>>;

struct State<V> {
    joined: u32,
    channels: Channels<V>,
    /// Goexit until the function returns or panics.
    result: Result<V, Fault>,
}

impl<V> Run<V> {
    pub(super) fn new() -> Self {
        let (end, done) = chan(0);
        let state = State { joined: 0, channels: Vec::new(), result: Err(Fault::Goexit) };
        Self { end, done, state: Mutex::new(state) }
    }

    /// One more call waits for it.
    pub(super) fn join(&self) {
        lock(&self.state).joined += 1;
    }

    pub(super) fn is_shared(&self) -> bool {
        lock(&self.state).joined > 0
    }

    /// Has the answer sent there.
    pub(super) fn send_to(&self, channel: Sender<Answer<V>>) {
        lock(&self.state).channels.push(channel);
    }

    pub(super) fn done(&self) -> &Receiver<()> {
        &self.done
    }
}

impl<V: Clone> Run<V> {
    pub(super) fn answer(&self) -> Result<Answer<V>, Fault> {
        let state = lock(&self.state);
        let shared = state.joined > 0;
        state.result.clone().map(|value| Answer { value, shared })
    }
}

/// A run that is in the table of its calls. Dropped, it ends, also if its function left by Goexit.
pub(super) struct UnderWay<K: Ord + Send + 'static, V: Send + 'static> {
    calls: Arc<Inner<K, V>>,
    /// Taken by its end.
    key: Option<K>,
    run: Arc<Run<V>>,
    site: Site,
}

impl<K: Ord + Clone + Send + 'static, V: Clone + Send + 'static> UnderWay<K, V> {
    /// Starts the task that runs `f`.
    pub(super) fn start<F>(calls: Arc<Inner<K, V>>, key: K, run: Arc<Run<V>>, site: Site, f: F)
    where
        F: Future<Output = V> + Send + 'static,
    {
        let under_way = Self { calls, key: Some(key), run, site };
        rt::go_at(site, under_way.drive(f));
    }

    async fn drive<F: Future<Output = V>>(self, f: F) {
        let (run, site) = (self.run.clone(), self.site);
        let result = recover(f).await;
        let channels = self.end_with(result).await;
        match run.answer() {
            Ok(answer) => {
                for channel in channels {
                    channel.send(answer.clone()).await;
                }
            }
            Err(fault) if !channels.is_empty() => match Raise::new(fault, site).await {},
            Err(_) => {}
        }
    }

    /// Ends it with a result; gives the channels that the answer is for.
    fn end_with(
        mut self,
        result: Result<V, Fault>,
    ) -> Step<impl FnOnce() -> Result<Channels<V>, Fault> + use<K, V>> {
        let (calls, run) = (self.calls.clone(), self.run.clone());
        let key = self.key.take().expect("it ends once");
        Step::new(self.site, calls.op(), move || {
            lock(&run.state).result = result;
            end(&calls, &key, &run)?;
            Ok(std::mem::take(&mut lock(&run.state).channels))
        })
    }
}

/// Nobody joins the run any more, and those who wait for it go on.
fn end<K: Ord, V>(calls: &Inner<K, V>, key: &K, run: &Arc<Run<V>>) -> Result<(), Fault> {
    let ended = calls.touch(|running| {
        // Forgotten, it may have a successor.
        let goes_on = running.get(key).is_some_and(|other| Arc::ptr_eq(other, run));
        goes_on.then(|| running.remove_entry(key))
    })?;
    drop(ended);
    run.end.try_close_now();
    Ok(())
}

impl<K: Ord + Send + 'static, V: Send + 'static> Drop for UnderWay<K, V> {
    fn drop(&mut self) {
        if let Some(key) = self.key.take() {
            let (calls, run) = (self.calls.clone(), self.run.clone());
            probe::act(self.site.deferred(), || self.calls.op(), move || end(&calls, &key, &run));
        }
    }
}
