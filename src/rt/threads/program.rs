//! A program that runs on threads of its own, seen from outside.

use super::shared::Payload;
use crate::probe::{Place, TaskId};
use futures::channel::oneshot;
use std::{
    fmt,
    future::Future,
    panic::Location,
    pin::Pin,
    task::{Context, Poll, ready},
};

/// A program that was [started](super::Config::start); a future of its end.
///
/// # Cancel safety
///
/// Dropping it does not stop the program.
#[must_use = "it tells how the program ends"]
pub struct Program<T>(oneshot::Receiver<Ended<T>>);

/// How the keeper tells the end.
pub(super) struct End<T>(oneshot::Sender<Ended<T>>);

impl<T> End<T> {
    pub(super) fn send(self, ended: Ended<T>) {
        // Nobody may want to know.
        let _unwanted = self.0.send(ended);
    }
}

impl<T> Program<T> {
    pub(super) fn new() -> (End<T>, Self) {
        let (tx, rx) = oneshot::channel();
        (End(tx), Self(rx))
    }
}

impl<T> Future for Program<T> {
    type Output = Ended<T>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Ended<T>> {
        Poll::Ready(ready!(Pin::new(&mut self.0).poll(cx)).expect("the keeper tells the end"))
    }
}

impl<T> fmt::Debug for Program<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Program(..)")
    }
}

/// How a program on threads ended.
#[derive(Debug)]
pub struct Ended<T> {
    /// The value of the main task, or the first panic of any task.
    pub value: Result<T, Payload>,
    /// The tasks that had not ended with the program, in the order of their starts.
    pub left: Vec<Left>,
}

/// A task that had not ended with its program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// The task, numbered in the order of the starts from 1.
    pub task: TaskId,
    /// Where it was started.
    pub at: Place,
}

impl From<(TaskId, &'static Location<'static>)> for Left {
    fn from((task, at): (TaskId, &'static Location<'static>)) -> Self {
        Self { task, at: at.into() }
    }
}

impl fmt::Display for Left {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} started at {} had not ended", self.task, self.at)
    }
}
