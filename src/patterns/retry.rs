use std::{error::Error, fmt, time::Duration};

use crate::{
    Context, ContextError,
    probe::Site,
    sync::select::{End, More, Select},
    time::Timer,
};

/// How often to try, and how long to wait in between: longer each time.
///
/// ```
/// use std::time::Duration;
/// use fanin::patterns::Backoff;
/// let backoff = Backoff::new(Duration::from_millis(10)).tries(5).at_most(Duration::from_millis(50));
/// let pauses: Vec<_> = backoff.pauses().map(|pause| pause.as_millis()).collect();
/// assert_eq!(pauses, [10, 20, 40, 50]);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Backoff {
    first: Duration,
    factor: u32,
    most: Duration,
    tries: u32,
}

impl Backoff {
    /// Ten tries, with a pause of `first` after the first of them and twice as long after each other one.
    ///
    /// ```
    /// use std::time::Duration;
    /// use fanin::patterns::Backoff;
    /// assert_eq!(Backoff::new(Duration::from_secs(1)).pauses().count(), 9);
    /// ```
    pub fn new(first: Duration) -> Self {
        Self { first, factor: 2, most: Duration::MAX, tries: 10 }
    }

    /// Makes each pause that many times as long as the one before.
    ///
    /// ```
    /// use std::time::Duration;
    /// use fanin::patterns::Backoff;
    /// let third = Backoff::new(Duration::from_secs(1)).factor(3).pauses().nth(2);
    /// assert_eq!(third, Some(Duration::from_secs(9)));
    /// ```
    #[must_use = "gives other settings"]
    pub fn factor(self, factor: u32) -> Self {
        Self { factor, ..self }
    }

    /// Makes no pause longer than `most`.
    ///
    /// ```
    /// use std::time::Duration;
    /// use fanin::patterns::Backoff;
    /// let second = Duration::from_secs(1);
    /// assert!(Backoff::new(second).at_most(second).pauses().all(|pause| pause == second));
    /// ```
    #[must_use = "gives other settings"]
    pub fn at_most(self, most: Duration) -> Self {
        Self { most, ..self }
    }

    /// Tries that often; at least once.
    ///
    /// ```
    /// use std::time::Duration;
    /// use fanin::patterns::Backoff;
    /// assert_eq!(Backoff::new(Duration::from_secs(1)).tries(1).pauses().count(), 0);
    /// ```
    #[must_use = "gives other settings"]
    pub fn tries(self, tries: u32) -> Self {
        Self { tries, ..self }
    }

    /// The pauses: one fewer than tries.
    ///
    /// ```
    /// use std::time::Duration;
    /// use fanin::patterns::Backoff;
    /// let millis: Vec<_> = Backoff::new(Duration::from_millis(1)).tries(4).pauses().collect();
    /// assert_eq!(millis, [1, 2, 4].map(Duration::from_millis));
    /// ```
    pub fn pauses(&self) -> impl Iterator<Item = Duration> + use<> {
        let Self { first, factor, most, tries } = *self;
        let pauses = std::iter::successors(Some(first), move |pause| Some(pause.saturating_mul(factor)));
        pauses.map(move |pause| pause.min(most)).take(tries.saturating_sub(1) as usize)
    }
}

/// Why [`retry`] gave up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GaveUp<E> {
    /// The last try failed with this.
    Failed(E),
    /// The context ended; the last try before had failed with this, if there was one.
    Ended(ContextError, Option<E>),
}

impl<E: fmt::Display> fmt::Display for GaveUp<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failed(last) => last.fmt(f),
            Self::Ended(err, None) => err.fmt(f),
            Self::Ended(err, Some(last)) => write!(f, "{err}, after: {last}"),
        }
    }
}

impl<E: fmt::Debug + fmt::Display> Error for GaveUp<E> {}

/// Tries until it succeeds, with longer and longer pauses in between.
///
/// ```go
/// func retry[T any](ctx context.Context, first time.Duration, tries int, f func(context.Context) (T, error)) (T, error) {
///     pause := first
///     for {
///         if err := ctx.Err(); err != nil {
///             return *new(T), err
///         }
///         value, err := f(ctx)
///         if tries--; err == nil || tries == 0 {
///             return value, err
///         }
///         select {
///         case <-time.After(pause):
///             pause *= 2
///         case <-ctx.Done():
///             return value, ctx.Err()
///         }
///     }
/// }
/// ```
///
/// # Errors
///
/// The last error, once there are no tries left; or that the context has ended, before a try or in a pause.
///
/// # Cancel
///
/// Returns at once in a pause; a try under way is not cut off, unless it watches the context itself.
///
/// # Cancel safety
///
/// Dropping it drops the try under way.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
/// use fanin::{Context, patterns::{Backoff, retry}, time::now};
///
/// let run = fanin::sim::Config::new().run(async {
///     let mut tries = 0;
///     let backoff = Backoff::new(Duration::from_secs(1));
///     let result = retry(&Context::background(), backoff, || {
///         tries += 1;
///         let result = if tries < 4 { Err("busy") } else { Ok(tries) };
///         async move { result }
///     })
///     .await;
///     (result, now().nanos() / 1_000_000_000)
/// });
/// assert_eq!(run.value, Some((Ok(4), 1 + 2 + 4)));
/// ```
#[track_caller]
pub fn retry<T, E, F>(
    ctx: &Context,
    backoff: Backoff,
    mut f: impl FnMut() -> F,
) -> impl Future<Output = Result<T, GaveUp<E>>>
where
    F: Future<Output = Result<T, E>>,
{
    let site = Site::here();
    async move {
        let (done, mut pauses, mut last) = (ctx.done(), backoff.pauses(), None);
        loop {
            if let Some(err) = ctx.err() {
                return Err(GaveUp::Ended(err, last));
            }
            let failed = match f().await {
                Ok(value) => return Ok(value),
                Err(failed) => failed,
            };
            let Some(pause) = pauses.next() else { return Err(GaveUp::Failed(failed)) };
            last = Some(failed);
            let timer = Timer::at(site, pause);
            Select::at(site, More::new(timer.recv(), More::new(done.recv(), End)), false).await;
        }
    }
}
