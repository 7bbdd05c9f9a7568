//! Lists that are short as a rule.

/// How many things have room without a place of their own in memory.
const FEW: usize = 3;

/// A list whose first things are in place.
#[derive(Clone, Debug)]
pub(super) struct Few<T> {
    first: [Option<T>; FEW],
    more: Vec<T>,
}

impl<T: Copy> Default for Few<T> {
    fn default() -> Self {
        Self { first: [None; FEW], more: Vec::new() }
    }
}

impl<T: Copy> Few<T> {
    pub(super) fn push(&mut self, thing: T) {
        match self.first.iter_mut().find(|place| place.is_none()) {
            Some(place) => *place = Some(thing),
            None => self.more.push(thing),
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &T> {
        self.first.iter().map_while(Option::as_ref).chain(&self.more)
    }

    pub(super) fn len(&self) -> usize {
        self.iter().count()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.first[0].is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_things_or_many() {
        let mut list = Few::default();
        assert!(list.is_empty());
        for n in 0..10 {
            list.push(n);
            assert_eq!(list.len(), n + 1);
        }
        assert!(list.iter().copied().eq(0..10));
    }
}
