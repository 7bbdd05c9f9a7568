//! How a context came to be: a chain of derivations, which holds its values and tells its name.

use super::{Context, Custom};
use crate::rt::{Handle, time::Instant};
use std::{
    any::{Any, type_name},
    fmt,
    sync::Arc,
    time::Duration,
};

type Stored = Box<dyn Any + Send + Sync>;

/// The last derivation; the others are above it. Without a link stands the background context.
pub(super) struct Link {
    parent: Option<Arc<Self>>,
    how: How,
}

/// A way to get a context, from another one or out of nothing.
pub(super) enum How {
    Todo,
    Custom(Arc<dyn Custom>),
    WithCancel,
    WithDeadline(Instant),
    WithoutCancel,
    WithValue(Binding),
}

pub(super) struct Binding {
    key: Stored,
    value: Stored,
    types: [&'static str; 2],
}

impl Binding {
    pub(super) fn new<K, V>(key: K, value: V) -> Self
    where
        K: Send + Sync + 'static,
        V: Send + Sync + 'static,
    {
        Self { key: Box::new(key), value: Box::new(value), types: [type_name::<K>(), type_name::<V>()] }
    }
}

impl Link {
    pub(super) fn new(parent: Option<Arc<Self>>, how: How) -> Option<Arc<Self>> {
        Some(Arc::new(Self { parent, how }))
    }

    /// The value bound nearest to here.
    pub(super) fn find<K: PartialEq + 'static>(&self, key: &K) -> Option<&(dyn Any + Send + Sync)> {
        for link in self.upwards() {
            match &link.how {
                How::WithValue(binding) if binding.key.downcast_ref::<K>() == Some(key) => {
                    return Some(&*binding.value);
                }
                How::Custom(custom) => {
                    let above = || custom.parent().and_then(Context::chain).and_then(|c| c.find(key));
                    return custom.value(key).or_else(above);
                }
                _ => {}
            }
        }
        None
    }

    fn upwards(&self) -> impl Iterator<Item = &Self> {
        std::iter::successors(Some(self), |link| link.parent.as_deref())
    }
}

/// Link by link: the drop of a long chain must not recurse.
impl Drop for Link {
    fn drop(&mut self) {
        let mut parent = self.parent.take();
        while let Some(mut link) = parent.and_then(Arc::into_inner) {
            parent = link.parent.take();
        }
    }
}

/// As Go prints it: `context.Background.WithCancel`.
impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let links: Vec<_> = self.upwards().collect();
        if !matches!(links.last(), Some(Self { how: How::Todo | How::Custom(_), .. })) {
            f.write_str("context.Background")?;
        }
        links.iter().rev().try_for_each(|link| link.how.fmt(f))
    }
}

impl fmt::Display for How {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Todo => f.write_str("context.TODO"),
            Self::Custom(custom) => f.write_str(&custom.name()),
            Self::WithCancel => f.write_str(".WithCancel"),
            Self::WithDeadline(at) => {
                write!(f, ".WithDeadline({:?}", Duration::from_nanos(at.nanos()))?;
                if let Some(handle) = Handle::try_current() {
                    write!(f, " [{:?}]", at.since(handle.runtime().now()))?;
                }
                f.write_str(")")
            }
            Self::WithoutCancel => f.write_str(".WithoutCancel"),
            Self::WithValue(Binding { key, value, types }) => {
                write!(f, ".WithValue({}, {})", shown(key, types[0]), shown(value, types[1]))
            }
        }
    }
}

/// Texts show themselves, anything else its type.
fn shown<'a>(stored: &'a Stored, type_name: &'static str) -> &'a str {
    let text = stored.downcast_ref::<&'static str>().copied();
    text.or_else(|| stored.downcast_ref().map(String::as_str)).unwrap_or(type_name)
}
