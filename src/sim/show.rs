//! How values are shown in a recording: by type, since a channel asks nothing of its values.

use crate::probe::Value;
use std::{
    any::{Any, TypeId},
    collections::BTreeMap,
    sync::Arc,
};

type ShowFn = Arc<dyn Fn(&dyn Any) -> Value + Send + Sync>;

/// The types that a run can show.
#[derive(Clone)]
pub(super) struct Shown {
    by_type: BTreeMap<TypeId, ShowFn>,
}

impl Shown {
    pub(super) fn add<T: 'static>(&mut self, show: impl Fn(&T) -> Value + Send + Sync + 'static) {
        let show = move |v: &dyn Any| v.downcast_ref::<T>().map_or(Value::Opaque, &show);
        self.by_type.insert(TypeId::of::<T>(), Arc::new(show));
    }

    pub(super) fn show(&self, value: &dyn Any) -> Value {
        self.by_type.get(&value.type_id()).map_or(Value::Opaque, |show| show(value))
    }
}

impl Default for Shown {
    fn default() -> Self {
        let mut shown = Self { by_type: BTreeMap::new() };
        shown.add::<()>(|()| Value::Unit);
        shown.add::<bool>(|b| Value::Bool(*b));
        shown.add::<&'static str>(|s| Value::Text((*s).into()));
        shown.add::<String>(|s| Value::Text(s.as_str().into()));
        macro_rules! integers {
            ($($Int:ty),*) => {
                $(shown.add::<$Int>(|i| {
                    i64::try_from(*i).map_or_else(|_| Value::Text(i.to_string().into()), Value::Int)
                });)*
            };
        }
        integers!(i8, i16, i32, i64, isize, u8, u16, u32, u64, usize);
        shown
    }
}
