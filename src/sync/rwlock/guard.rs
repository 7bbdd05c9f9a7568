//! What a held lock gives access to.

use super::Inner;
use crate::{
    lock::lock,
    probe::{Fault, LockKind, Site},
};
use std::{
    fmt,
    ops::{Deref, DerefMut},
    sync::Arc,
};

/// The value of an [`RwLock`](super::RwLock) that is read; dropping the guard ends the reading.
#[must_use = "the reading ends when the guard is dropped"]
pub struct ReadGuard<T: Send + Sync + 'static> {
    /// Taken only by the drop.
    value: Option<Arc<T>>,
    lock: Arc<Inner<T>>,
    site: Site,
}

impl<T: Send + Sync + 'static> ReadGuard<T> {
    pub(super) fn new(rw: Arc<Inner<T>>, site: Site) -> Self {
        let value = lock(&rw.value).clone();
        Self { value, lock: rw, site }
    }
}

/// The value of an [`RwLock`](super::RwLock) that is written; dropping the guard ends the writing.
#[must_use = "the writing ends when the guard is dropped"]
pub struct WriteGuard<T: Send + Sync + 'static> {
    /// Taken only by the drop.
    value: Option<Arc<T>>,
    lock: Arc<Inner<T>>,
    site: Site,
}

impl<T: Send + Sync + 'static> WriteGuard<T> {
    /// A fault if a guard still reads, because its lock was ended by another call.
    pub(super) fn new(rw: Arc<Inner<T>>, site: Site) -> Result<Self, Fault> {
        let value = lock(&rw.value).take_if(|value| Arc::get_mut(value).is_some());
        match value {
            None => Err(Fault::fatal("sync: RUnlock of a RWMutex that a guard still reads")),
            value => Ok(Self { value, lock: rw, site }),
        }
    }
}

const HAS_VALUE: &str = "a guard has its value until it is dropped";

impl<T: Send + Sync + 'static> Deref for ReadGuard<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.value.as_ref().expect(HAS_VALUE)
    }
}

impl<T: Send + Sync + 'static> Deref for WriteGuard<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.value.as_ref().expect(HAS_VALUE)
    }
}

impl<T: Send + Sync + 'static> DerefMut for WriteGuard<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.value.as_mut().and_then(Arc::get_mut).expect(HAS_VALUE)
    }
}

impl<T: Send + Sync + 'static> Drop for ReadGuard<T> {
    fn drop(&mut self) {
        self.value = None;
        self.lock.unlock_at(self.site.deferred(), LockKind::Read);
    }
}

impl<T: Send + Sync + 'static> Drop for WriteGuard<T> {
    fn drop(&mut self) {
        *lock(&self.lock.value) = self.value.take();
        self.lock.unlock_at(self.site.deferred(), LockKind::Write);
    }
}

impl<T: Send + Sync + fmt::Debug + 'static> fmt::Debug for ReadGuard<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: Send + Sync + fmt::Debug + 'static> fmt::Debug for WriteGuard<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}
