//! Scopes: no task outlives the place that started it.

use super::Group;
use crate::{
    context::Context,
    probe::{self, Site, What},
    sync::WaitGroup,
};
use std::{error::Error, fmt, future::Future};

/// Starts tasks that end with their [`scope`].
///
/// Clones are handles to the same scope; the example is at [`scope`].
pub struct Scope<E> {
    group: Group<E>,
    ctx: Context,
}

/// Runs `body`, which may start tasks, and returns once they have all ended.
///
/// The first error, of the body or of a task, ends the context of the scope; the tasks are expected to
/// heed it.
///
/// # Errors
///
/// The first error.
///
/// # Cancel safety
///
/// Dropped before it is ready, it ends the context of the scope; the tasks then go on by themselves, which
/// the lints of a recorded run tell.
///
/// ```
/// use fanin::{Context, chan, group::scope};
/// let sum = fanin::sim::run(async {
///     scope(&Context::background(), |scope| async move {
///         let (tx, rx) = chan(0);
///         for i in 1..=3 {
///             let tx = tx.clone();
///             scope.go(async move {
///                 tx.send(i).await;
///                 Ok::<_, String>(())
///             });
///         }
///         let mut sum = 0;
///         for _ in 0..3 {
///             sum += rx.recv().await.unwrap();
///         }
///         Ok(sum)
///     })
///     .await
/// });
/// assert_eq!(sum, Ok(6));
/// ```
#[track_caller]
pub fn scope<T, E, B, F>(parent: &Context, body: B) -> impl Future<Output = Result<T, E>> + use<T, E, B, F>
where
    E: Clone + Into<Box<dyn Error + Send + Sync>> + Send + 'static,
    B: FnOnce(Scope<E>) -> F,
    F: Future<Output = Result<T, E>>,
{
    let site = Site::here();
    let (group, ctx) = Group::with_context(parent);
    let end = group.cancel_on_drop(site);
    let left = Left { tasks: group.tasks(), site, ended: false };
    let body = body(Scope { group: group.clone(), ctx });
    async move {
        let _end = end;
        let mut left = left;
        let value = body.await.map_err(|err| group.fail(err, site)).ok();
        let ended = group.wait_at(site).await;
        left.ended = true;
        ended.map(|()| value.expect("a body that fails is the group's error"))
    }
}

/// Tells of a scope that is dropped before its end: its tasks outlive it.
struct Left {
    tasks: WaitGroup,
    site: Site,
    ended: bool,
}

impl Drop for Left {
    fn drop(&mut self) {
        if !self.ended {
            probe::note(self.site, || What::Leave { tasks: self.tasks.obj() });
        }
    }
}

impl<E: Clone + Send + 'static> Scope<E> {
    /// Starts a task.
    ///
    /// ```
    /// use fanin::{Context, group::scope};
    /// let run = fanin::sim::Config::new().run(async {
    ///     scope(&Context::background(), |scope| async move {
    ///         scope.go(async { Ok::<_, String>(fanin::output(&"task")) });
    ///         Ok(())
    ///     })
    ///     .await
    /// });
    /// assert_eq!(run.recording.outputs(), ["task"]);
    /// ```
    #[track_caller]
    pub fn go<F>(&self, task: F)
    where
        F: Future<Output = Result<(), E>> + Send + 'static,
    {
        self.group.start(task, Site::here());
    }

    /// The context of the scope.
    ///
    /// ```
    /// use fanin::{Context, group::scope};
    /// let result = fanin::sim::run(async {
    ///     scope(&Context::background(), |scope| async move {
    ///         scope.go(async { Err("lost") });
    ///         scope.context().done().recv().await;
    ///         Ok(())
    ///     })
    ///     .await
    /// });
    /// assert_eq!(result, Err("lost"));
    /// ```
    pub fn context(&self) -> &Context {
        &self.ctx
    }
}

impl<E> Clone for Scope<E> {
    fn clone(&self) -> Self {
        Self { group: self.group.clone(), ctx: self.ctx.clone() }
    }
}

impl<E> fmt::Debug for Scope<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Scope").field(&self.group).finish()
    }
}
