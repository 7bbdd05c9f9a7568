//! Groups of tasks that fail together.

use super::Semaphore;
use crate::{
    context::{CancelCauseFunc, CancelOnDrop, Context},
    lock::{Mutex, lock},
    probe::{self, Access, Fault, Obj, ObjKind, Op, Site, What},
    sync::WaitGroup,
};
use std::{error::Error, fmt, future::Future, sync::Arc};

/// Tasks that work on parts of one thing, as Go's `errgroup.Group`: the first error is the group's.
///
/// Clones are handles to the same group. A task that panics is not caught, and ends the program.
///
/// ```
/// use fanin::{Context, group::Group, time::sleep};
/// use std::time::Duration;
/// fanin::sim::run(async {
///     let (group, ctx) = Group::with_context(&Context::background());
///     group.go(async { Err("no answer") }).await;
///     group.go(async move { ctx.done().recv().await; Ok(()) }).await;
///     assert_eq!(group.wait().await, Err("no answer"));
/// });
/// ```
pub struct Group<E> {
    inner: Arc<Inner<E>>,
}

struct Inner<E> {
    obj: Obj,
    tasks: WaitGroup,
    cancel: Option<Cancel<E>>,
    state: Mutex<State<E>>,
}

/// How the group's context is ended, and how an error becomes its cause.
struct Cancel<E> {
    func: CancelCauseFunc,
    cause: fn(E) -> Box<dyn Error + Send + Sync>,
}

struct State<E> {
    limit: Option<Semaphore>,
    first: Option<E>,
}

impl<E: Clone + Send + 'static> Group<E> {
    /// A group without a limit and without a context.
    ///
    /// ```
    /// use fanin::group::Group;
    /// let result = fanin::sim::run(async {
    ///     let group = Group::new();
    ///     group.go(async { Err("no answer") }).await;
    ///     group.wait().await
    /// });
    /// assert_eq!(result, Err("no answer"));
    /// ```
    #[track_caller]
    pub fn new() -> Self {
        Self::with_cancel(None)
    }

    /// A group, and a context for its tasks: it ends at the first error, which is its cause, and at the latest
    /// after [`wait`](Self::wait).
    ///
    /// ```
    /// use fanin::{Context, group::Group};
    /// fanin::sim::run(async {
    ///     let (group, ctx) = Group::with_context(&Context::background());
    ///     group.go(async { Err("no answer") }).await;
    ///     ctx.done().recv().await;
    ///     assert_eq!(ctx.cause().unwrap().to_string(), "no answer");
    /// });
    /// ```
    #[track_caller]
    pub fn with_context(parent: &Context) -> (Self, Context)
    where
        E: Into<Box<dyn Error + Send + Sync>>,
    {
        let (ctx, func) = parent.with_cancel_cause();
        (Self::with_cancel(Some(Cancel { func, cause: E::into })), ctx)
    }

    #[track_caller]
    fn with_cancel(cancel: Option<Cancel<E>>) -> Self {
        let obj = Obj::new(Site::here(), || ObjKind::Group);
        let state = Mutex::new(State { limit: None, first: None });
        Self { inner: Arc::new(Inner { obj, tasks: WaitGroup::new(), cancel, state }) }
    }

    /// Lets at most `limit` tasks run at a time: with 0 none, with `None` any number.
    ///
    /// # Panics
    ///
    /// If tasks are running, unless the limit is taken away, with
    /// `errgroup: modify limit while 1 goroutines in the group are still active`.
    ///
    /// ```
    /// use fanin::group::Group;
    /// fanin::sim::run(async {
    ///     let group = Group::<String>::new();
    ///     group.set_limit(Some(2));
    ///     for i in 0..4 {
    ///         group.go(async move { fanin::output(&i); Ok(()) }).await;
    ///     }
    ///     group.wait().await
    /// }).unwrap();
    /// ```
    #[track_caller]
    pub fn set_limit(&self, limit: Option<u32>) {
        let inner = self.inner.clone();
        let limit = limit.map(Semaphore::new);
        probe::act(Site::here(), || self.inner.op(Access::Write), move || inner.set_limit(limit));
    }

    /// Starts a task, once the limit allows it.
    ///
    /// # Cancel safety
    ///
    /// Dropped before it is ready, it has started nothing.
    ///
    /// ```
    /// use fanin::{group::Group, time::{now, sleep}};
    /// use std::time::Duration;
    /// let second = Duration::from_secs(1);
    /// let elapsed = fanin::sim::run(async move {
    ///     let group = Group::<&str>::new();
    ///     for _ in 0..3 {
    ///         group.go(async move { Ok(sleep(second).await) }).await;
    ///     }
    ///     group.wait().await.unwrap();
    ///     now()
    /// });
    /// assert_eq!(elapsed.nanos(), 1_000_000_000);
    /// ```
    #[track_caller]
    pub fn go<F>(&self, task: F) -> impl Future<Output = ()> + Send + use<E, F>
    where
        F: Future<Output = Result<(), E>> + Send + 'static,
    {
        let (inner, site) = (self.inner.clone(), Site::here());
        async move {
            let limit = inner.limit();
            if let Some(limit) = &limit {
                let slot = limit.acquire_at(site, &Context::background(), 1).await;
                slot.expect("the background context never ends");
            }
            inner.start(task, limit, site);
        }
    }

    /// Starts a task if the limit allows it now; tells whether it did.
    ///
    /// ```
    /// use fanin::group::Group;
    /// fanin::sim::run(async {
    ///     let group = Group::<&str>::new();
    ///     group.set_limit(Some(0));
    ///     assert!(!group.try_go(async { Ok(()) }).await);
    /// });
    /// ```
    #[track_caller]
    pub fn try_go<F>(&self, task: F) -> impl Future<Output = bool> + Send + use<E, F>
    where
        F: Future<Output = Result<(), E>> + Send + 'static,
    {
        let (inner, site) = (self.inner.clone(), Site::here());
        async move {
            let limit = inner.limit();
            if let Some(limit) = &limit
                && !limit.try_acquire_at(site, 1).await
            {
                return false;
            }
            inner.start(task, limit, site);
            true
        }
    }

    /// Waits until all tasks have returned, and ends the group's context.
    ///
    /// # Errors
    ///
    /// The error of the task that failed first, now and at every later wait.
    ///
    /// # Cancel safety
    ///
    /// Dropping it changes nothing.
    ///
    /// ```
    /// use fanin::group::Group;
    /// fanin::sim::run(async {
    ///     let group = Group::<&str>::new();
    ///     assert_eq!(group.wait().await, Ok(()));
    /// });
    /// ```
    #[track_caller]
    pub fn wait(&self) -> impl Future<Output = Result<(), E>> + Send + '_ {
        self.wait_at(Site::here())
    }
}

/// What a [`scope`](super::scope()) is made of.
impl<E: Clone + Send + 'static> Group<E> {
    pub(super) fn start<F>(&self, task: F, site: Site)
    where
        F: Future<Output = Result<(), E>> + Send + 'static,
    {
        self.inner.start(task, None, site);
    }

    pub(super) fn fail(&self, err: E, site: Site) {
        self.inner.fail(err, site);
    }

    pub(super) async fn wait_at(&self, site: Site) -> Result<(), E> {
        self.inner.tasks.wait_at(site).await;
        if let Some(cancel) = &self.inner.cancel {
            cancel.func.cancel_at(site);
        }
        lock(&self.inner.state).first.clone().map_or(Ok(()), Err)
    }

    /// What counts its tasks.
    pub(super) fn tasks(&self) -> WaitGroup {
        self.inner.tasks.clone()
    }

    /// Ends the context when the guard is dropped.
    pub(super) fn cancel_on_drop(&self, site: Site) -> Option<CancelOnDrop> {
        self.inner.cancel.as_ref().map(|cancel| cancel.func.clone().on_drop_at(site))
    }
}

impl<E: Clone + Send + 'static> Inner<E> {
    fn op(&self, access: Access) -> Op {
        Op::Access { obj: self.obj.id(), access }
    }

    fn limit(&self) -> Option<Semaphore> {
        probe::look(self.obj);
        lock(&self.state).limit.clone()
    }

    fn set_limit(&self, limit: Option<Semaphore>) -> Result<(), Fault> {
        self.obj.check("use of a group")?;
        let mut state = lock(&self.state);
        let active = state.limit.as_ref().map_or(0, Semaphore::held);
        if limit.is_some() && active > 0 {
            return Err(Fault::panic(format!(
                "errgroup: modify limit while {active} goroutines in the group are still active"
            )));
        }
        state.limit = limit;
        Ok(())
    }

    fn start<F>(self: &Arc<Self>, task: F, limit: Option<Semaphore>, site: Site)
    where
        F: Future<Output = Result<(), E>> + Send + 'static,
    {
        let inner = self.clone();
        // Dropped in this order, also by a Goexit: the slot is free before the group is done.
        let slot = limit.map(|limit| limit.release_on_drop_at(site, 1));
        self.tasks.go_at(site, async move {
            let _slot = slot;
            if let Err(err) = task.await {
                inner.fail(err, site);
            }
        });
    }

    /// Keeps the first error, and ends the context for it.
    fn fail(self: &Arc<Self>, err: E, site: Site) {
        let inner = self.clone();
        probe::act(
            site,
            || self.op(Access::Update),
            move || {
                let shown = probe::value(&err);
                let first = {
                    let mut state = lock(&inner.state);
                    let first = state.first.is_none();
                    state.first.get_or_insert_with(|| err.clone());
                    first
                };
                let (obj, access) = (inner.obj.id(), Access::Update);
                probe::emit(|| What::Access { obj, access, value: shown });
                if let Some(cancel) = inner.cancel.as_ref().filter(|_| first) {
                    cancel.func.cancel_now((cancel.cause)(err));
                }
                Ok(())
            },
        );
    }
}

impl<E> Clone for Group<E> {
    fn clone(&self) -> Self {
        Self { inner: self.inner.clone() }
    }
}

impl<E: Clone + Send + 'static> Default for Group<E> {
    #[track_caller]
    fn default() -> Self {
        Self::new()
    }
}

impl<E> fmt::Debug for Group<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Group").field("tasks", &self.inner.tasks).finish_non_exhaustive()
    }
}
