//! The values of a context: a chain of bindings.

use std::{any::Any, fmt, sync::Arc};

type Stored = Box<dyn Any + Send + Sync>;

pub(super) struct ValueNode {
    parent: Option<Arc<Self>>,
    key: Stored,
    value: Stored,
}

impl ValueNode {
    pub(super) fn new<K, V>(parent: Option<Arc<Self>>, key: K, value: V) -> Self
    where
        K: Send + Sync + 'static,
        V: Send + Sync + 'static,
    {
        Self { parent, key: Box::new(key), value: Box::new(value) }
    }

    /// The value bound nearest to here.
    pub(super) fn find<K: PartialEq + 'static>(&self, key: &K) -> Option<&(dyn Any + Send + Sync)> {
        let mut node = Some(self);
        while let Some(n) = node {
            if n.key.downcast_ref::<K>() == Some(key) {
                return Some(&*n.value);
            }
            node = n.parent.as_deref();
        }
        None
    }
}

impl fmt::Debug for ValueNode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ValueNode(..)")
    }
}
