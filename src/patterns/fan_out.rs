use crate::Receiver;

/// Lets `workers` stages pull from one channel: each value goes to whichever is free.
///
/// ```go
/// outs := make([]<-chan U, workers)
/// for i := range outs {
///     outs[i] = stage(done, in)
/// }
/// ```
///
/// `build` makes the chain of one worker from its number, counted from 0, and its handle of the input. It is called here and
/// now, so that names given in it stick. [`fan_in`](super::fan_in()) brings the outputs together.
///
/// Fan out a stage that is slow and does not depend on the values before: the order is lost.
///
/// # Cancel
///
/// As the stages that `build` makes.
///
/// # Examples
///
/// Three workers share a slow stage:
///
/// ```
/// use std::time::Duration;
/// use fanin::{Context, patterns::{delay, fan_in, fan_out, generator}, time};
///
/// let run = fanin::sim::Config::new().run(async {
///     let (ctx, start) = (Context::background(), time::now());
///     let slow = |_: &u32| Duration::from_secs(1);
///     let outputs = fan_out(generator(&ctx, 0..6), 3, |_, input| delay(&ctx, input, slow));
///     let all = fan_in(&ctx, outputs);
///     while all.recv().await.is_some() {}
///     time::now().since(start)
/// });
/// assert_eq!(run.value, Some(Duration::from_secs(2)));
/// ```
#[track_caller]
pub fn fan_out<T, U>(
    input: Receiver<T>,
    workers: usize,
    mut build: impl FnMut(usize, Receiver<T>) -> Receiver<U>,
) -> Vec<Receiver<U>> {
    (0..workers).map(|worker| build(worker, input.clone())).collect()
}
