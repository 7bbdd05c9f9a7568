//! Who has the state of a run: its owner between the pieces of the program's code, the hooks while one runs.

use super::state::State;
use crate::{probe, rt::Handle};
use std::{
    any::Any,
    ops::{Deref, DerefMut},
    panic::{AssertUnwindSafe, catch_unwind},
    thread,
};

/// A run's state in the hands of its owner.
pub(super) struct Owned {
    handle: Handle,
    /// Nothing only while it is lent.
    state: Option<Box<State>>,
}

impl Owned {
    pub(super) fn new(handle: Handle, state: State) -> Self {
        Self { handle, state: Some(Box::new(state)) }
    }

    pub(super) fn handle(&self) -> &Handle {
        &self.handle
    }

    /// Runs a piece of the program's code, and lends the state to the hooks meanwhile. The code may panic.
    pub(super) fn lend<R>(&mut self, code: impl FnOnce() -> R) -> thread::Result<R> {
        let _entered = self.handle.enter();
        let lent = probe::enter(self.state.take().map(|state| state as _));
        let result = catch_unwind(AssertUnwindSafe(code));
        let back: Option<Box<dyn Any>> = lent.leave().map(|probe| probe as _);
        self.state = back.and_then(|back| back.downcast().ok());
        result
    }
}

impl Deref for Owned {
    type Target = State;
    fn deref(&self) -> &State {
        self.state.as_ref().expect("it is not lent")
    }
}

impl DerefMut for Owned {
    fn deref_mut(&mut self) -> &mut State {
        self.state.as_mut().expect("it is not lent")
    }
}
