//! What a locked mutex gives access to.

use super::Inner;
use crate::{
    lock::lock,
    probe::{self, Fault, Obj, Site},
};
use std::{
    fmt,
    ops::{Deref, DerefMut},
    sync::Arc,
};

/// The value of a locked [`Mutex`](super::Mutex), which is unlocked when the guard is dropped.
///
/// It can be moved to another task, and be dropped there.
#[must_use = "the mutex is unlocked when the guard is dropped"]
pub struct MutexGuard<T: Send + 'static> {
    /// Taken only by the drop.
    value: Option<T>,
    mutex: Arc<Inner<T>>,
    site: Site,
}

impl<T: Send + 'static> MutexGuard<T> {
    pub(super) fn new(value: T, mutex: Arc<Inner<T>>, site: Site) -> Self {
        Self { value: Some(value), mutex, site }
    }

    /// Unlocks as a part of the current step; gives the mutex.
    pub(in crate::sync) fn unlock_now(mut self) -> Result<Arc<Inner<T>>, Fault> {
        let mutex = self.mutex.clone();
        lock(&mutex.state).value = self.value.take();
        mutex.unlock()?;
        Ok(mutex)
    }

    pub(in crate::sync) fn obj(&self) -> Obj {
        self.mutex.obj
    }
}

const HAS_VALUE: &str = "a guard has its value until it is dropped";

impl<T: Send + 'static> Deref for MutexGuard<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.value.as_ref().expect(HAS_VALUE)
    }
}

impl<T: Send + 'static> DerefMut for MutexGuard<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.value.as_mut().expect(HAS_VALUE)
    }
}

impl<T: Send + 'static> Drop for MutexGuard<T> {
    fn drop(&mut self) {
        let Some(value) = self.value.take() else { return };
        let mutex = self.mutex.clone();
        lock(&mutex.state).value = Some(value);
        probe::act(self.site.deferred(), || self.mutex.unlock_op(), move || mutex.unlock());
    }
}

impl<T: Send + fmt::Debug + 'static> fmt::Debug for MutexGuard<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}
