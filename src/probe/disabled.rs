//! The hooks without a simulator: empty, and of no size.

use super::{Fault, Item, ObjId, ObjKind, Op, TaskId, Value, What};
use std::{
    panic::Location,
    task::{Context, Poll},
};

pub(crate) struct Entered;

pub(crate) fn enter(_: Option<std::convert::Infallible>) -> Entered {
    Entered
}

pub(crate) fn named<R>(_: &str, f: impl FnOnce() -> R) -> R {
    f()
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Site;

impl Site {
    #[inline]
    pub(crate) fn here() -> Self {
        Self
    }
    #[inline]
    pub(crate) fn deferred(self) -> Deferrable {
        Deferrable
    }
    #[inline]
    #[track_caller]
    pub(crate) fn location(self) -> &'static Location<'static> {
        Location::caller()
    }
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Deferrable;

impl From<Site> for Deferrable {
    fn from(_: Site) -> Self {
        Self
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Obj;

impl Obj {
    #[inline]
    pub(crate) fn new(_: Site, _: impl FnOnce() -> ObjKind) -> Self {
        Self
    }
    #[inline]
    pub(crate) fn id(self) -> ObjId {
        ObjId::NIL
    }
    #[inline]
    pub(crate) fn check(self, _: &'static str) -> Result<(), Fault> {
        Ok(())
    }
    #[inline]
    pub(crate) fn check_in(self, _: Run, _: &'static str) -> Result<(), Fault> {
        Ok(())
    }
}

/// A run: there are none.
#[derive(Clone, Copy, Debug)]
pub struct Run;

impl Run {
    #[inline]
    pub(crate) fn current() -> Self {
        Self
    }
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Who;

impl Who {
    #[inline]
    pub(crate) fn current() -> Self {
        Self
    }
    #[inline]
    pub(crate) fn id(self) -> TaskId {
        TaskId::CLOCK
    }
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Tag;

impl Tag {
    #[inline]
    pub(crate) fn new() -> Self {
        Self
    }
    #[inline]
    pub(crate) fn item(self) -> Item {
        Item(0)
    }
}

#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Point;

impl Point {
    #[inline]
    pub(crate) fn pass(&mut self, _: &Context<'_>, _: Site, _: impl FnMut() -> Op) -> Poll<()> {
        Poll::Ready(())
    }
}

#[inline]
pub(crate) fn park(_: Site, _: bool, _: impl FnOnce() -> Op) {}

#[inline]
#[track_caller]
pub(crate) fn act(
    _: impl Into<Deferrable>,
    _: impl FnOnce() -> Op,
    effect: impl FnOnce() -> Result<(), Fault> + Send + 'static,
) {
    if let Err(fault) = effect()
        && !std::thread::panicking()
    {
        panic!("{}", fault.text());
    }
}

#[inline]
pub(crate) fn follow(effect: impl FnOnce() + Send + 'static) {
    effect();
}

#[inline]
pub(crate) fn watched() -> bool {
    false
}

#[inline]
pub(crate) fn look(_: Obj) {}

#[inline]
pub(crate) fn emit(_: impl FnOnce() -> What) {}

#[inline]
pub(crate) fn note(_: Site, _: impl FnOnce() -> What) {}

#[track_caller]
pub(crate) fn raise<T>(fault: Fault) -> Poll<T> {
    panic!("{}", fault.text())
}

pub(crate) struct Guard(std::convert::Infallible);

impl Guard {
    pub(crate) fn faulted(&self) -> bool {
        match self.0 {}
    }
    pub(crate) fn catch(&self) -> Option<Fault> {
        match self.0 {}
    }
    pub(crate) fn settled(&self) -> bool {
        match self.0 {}
    }
}

pub(crate) fn guard() -> Option<Guard> {
    None
}

#[inline]
pub(crate) fn value<T: 'static>(_: &T) -> Value {
    Value::Opaque
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hooks_take_no_space() {
        assert_eq!(size_of::<(Entered, Site, Obj, Who, Tag, Point)>(), 0);
    }
}
