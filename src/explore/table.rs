//! Things by small numbers: tasks, objects, messages.

/// A thing for each number that was asked for, and a default one for all others.
#[derive(Clone, Debug)]
pub(super) struct Table<T>(Vec<T>);

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Default> Table<T> {
    pub(super) fn get(&self, i: u32) -> Option<&T> {
        self.0.get(i as usize)
    }

    pub(super) fn at(&mut self, i: u32) -> &mut T {
        let i = i as usize;
        if self.0.len() <= i {
            self.0.resize_with(i + 1, T::default);
        }
        &mut self.0[i]
    }
}
