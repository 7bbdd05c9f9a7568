use std::fmt;

use crate::{group::Calls, probe::Site, sync::Map};

/// Keeps what was loaded, and loads a key once however many ask for it at the same time.
///
/// ```go
/// type cache[V any] struct {
///     loaded sync.Map
///     calls  singleflight.Group
/// }
///
/// func (c *cache[V]) get(key string, load func() (V, error)) (V, error) {
///     if v, ok := c.loaded.Load(key); ok {
///         return v.(V), nil
///     }
///     v, err, _ := c.calls.Do(key, func() (any, error) {
///         if v, ok := c.loaded.Load(key); ok { // by a run that has ended since
///             return v, nil
///         }
///         v, err := load()
///         if err == nil {
///             c.loaded.Store(key, v)
///         }
///         return v, err
///     })
///     return v.(V), err
/// }
/// ```
///
/// An error is given to all who waited for that run and is not kept: the next one who asks tries again. Clones are
/// handles to the same cache.
///
/// # Cancel
///
/// A load belongs to nobody and goes on when those who asked for it give up; let it have a context with a
/// timeout of its own. To give up, drop the future: race it with a context, or wrap it in a timeout.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
/// use fanin::{go, output, patterns::Cache, time::{now, sleep}};
///
/// let run = fanin::sim::Config::new().run(async {
///     let pages = Cache::<_, _, String>::new();
///     let load = |page: &'static str| async move {
///         output(&"loading");
///         sleep(Duration::from_secs(1)).await;
///         Ok(page.len())
///     };
///     let other = { let pages = pages.clone(); go(async move { pages.get("index", load("index")).await }) };
///     let mine = pages.get("index", load("index")).await;
///     assert_eq!(other.await.unwrap(), mine);
///     (pages.get("index", load("index")).await, now().nanos())
/// });
/// assert_eq!(run.value, Some((Ok(5), 1_000_000_000)));
/// assert_eq!(run.recording.outputs(), ["loading"]);
/// ```
pub struct Cache<K, V, E> {
    loaded: Map<K, V>,
    calls: Calls<K, Result<V, E>>,
}

impl<K, V, E> Cache<K, V, E>
where
    K: Ord + Clone + Send + 'static,
    V: Clone + Send + 'static,
    E: Clone + Send + 'static,
{
    /// An empty cache.
    ///
    /// ```
    /// use fanin::patterns::Cache;
    /// let value = fanin::sim::run(async {
    ///     Cache::<_, _, &str>::new().get("key", async { Ok(7) }).await
    /// });
    /// assert_eq!(value, Ok(7));
    /// ```
    #[track_caller]
    pub fn new() -> Self {
        Self { loaded: Map::new(), calls: Calls::new() }
    }

    /// The value for `key`; loads it if it is not there, or waits for whoever does.
    ///
    /// # Errors
    ///
    /// That of the load.
    ///
    /// # Panics
    ///
    /// If the load panics, so do all who wait for it.
    ///
    /// # Cancel safety
    ///
    /// Dropped, it loses its result and nothing else: a load that has begun goes on, and is kept.
    ///
    /// ```
    /// use fanin::patterns::Cache;
    /// fanin::sim::run(async {
    ///     let cache = Cache::new();
    ///     assert_eq!(cache.get("key", async { Err("busy") }).await, Err("busy"));
    ///     assert_eq!(cache.get("key", async { Ok(7) }).await, Ok(7));
    ///     assert_eq!(cache.get("key", async { Ok(8) }).await, Ok(7));
    /// });
    /// ```
    #[track_caller]
    pub fn get<F>(&self, key: K, load: F) -> impl Future<Output = Result<V, E>> + Send + use<K, V, E, F>
    where
        F: Future<Output = Result<V, E>> + Send + 'static,
    {
        let (site, Self { loaded, calls }) = (Site::here(), self.clone());
        async move {
            if let Some(value) = loaded.load(key.clone()).at(site).await {
                return Ok(value);
            }
            let at = key.clone();
            let run = async move {
                // By a run that has ended since.
                if let Some(value) = loaded.load(at.clone()).at(site).await {
                    return Ok(value);
                }
                let value = load.await?;
                loaded.swap(at, value.clone()).at(site).await;
                Ok(value)
            };
            calls.call_at(site, key, run).await.value
        }
    }

    /// Forgets the value for `key`; one that is being loaded goes to those who wait for it, and is kept.
    ///
    /// ```
    /// use fanin::patterns::Cache;
    /// fanin::sim::run(async {
    ///     let cache = Cache::<_, _, &str>::new();
    ///     assert_eq!(cache.get("key", async { Ok(7) }).await, Ok(7));
    ///     cache.forget("key");
    ///     assert_eq!(cache.get("key", async { Ok(8) }).await, Ok(8));
    /// });
    /// ```
    #[track_caller]
    pub fn forget(&self, key: K) {
        self.loaded.delete(key);
    }
}

impl<K, V, E> Clone for Cache<K, V, E> {
    fn clone(&self) -> Self {
        Self { loaded: self.loaded.clone(), calls: self.calls.clone() }
    }
}

impl<K, V, E> Default for Cache<K, V, E>
where
    K: Ord + Clone + Send + 'static,
    V: Clone + Send + 'static,
    E: Clone + Send + 'static,
{
    #[track_caller]
    fn default() -> Self {
        Self::new()
    }
}

impl<K, V, E> fmt::Debug for Cache<K, V, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cache").finish_non_exhaustive()
    }
}
