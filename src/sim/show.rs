//! How values are shown in a recording: by type, since a channel asks nothing of its values.

use crate::probe::{Show, Value};
use std::{
    any::{Any, TypeId},
    collections::BTreeMap,
    fmt,
    sync::Arc,
};

/// The types that a run can show besides those that every run can.
#[derive(Clone, Default)]
pub(crate) struct Shown {
    by_type: BTreeMap<TypeId, Show>,
}

impl Shown {
    pub(crate) fn add<T: 'static>(&mut self, show: impl Fn(&T) -> Value + Send + Sync + 'static) {
        let show = move |v: &dyn Any| v.downcast_ref::<T>().map_or(Value::Opaque, &show);
        self.by_type.insert(TypeId::of::<T>(), Arc::new(show));
    }

    pub(super) fn show(&self, value: &dyn Any) -> Result<Value, Show> {
        let told = if self.by_type.is_empty() { None } else { self.by_type.get(&value.type_id()) };
        told.map_or_else(|| Ok(known(value)), |show| Err(show.clone()))
    }
}

impl fmt::Debug for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shown").finish_non_exhaustive()
    }
}

/// What needs no telling: integers, strings, characters, truth values, nothing.
fn known(value: &dyn Any) -> Value {
    macro_rules! integers {
        ($($Int:ty),*) => {
            $(if let Some(i) = value.downcast_ref::<$Int>() {
                return i64::try_from(*i).map_or_else(|_| Value::Text(i.to_string().into()), Value::Int);
            })*
        };
    }
    integers!(i32, u32, i64, u64, usize, isize, u8, i8, u16, i16);
    if value.is::<()>() {
        Value::Unit
    } else if let Some(b) = value.downcast_ref::<bool>() {
        Value::Bool(*b)
    } else if let Some(s) = value.downcast_ref::<&'static str>() {
        Value::Text((*s).into())
    } else if let Some(s) = value.downcast_ref::<String>() {
        Value::Text(s.as_str().into())
    } else if let Some(c) = value.downcast_ref::<char>() {
        Value::Text(c.to_string().into())
    } else {
        Value::Opaque
    }
}
