//! Contexts that users write.

use super::{Context, ContextError};
use crate::{rt::time::Instant, sync::Receiver};
use std::{
    any::{Any, type_name},
    borrow::Cow,
};

/// Ends the contexts derived from a [`Custom`] one; see [`Custom::after_func`].
pub type End = Box<dyn FnOnce() + Send>;

/// Takes back what was registered with [`Custom::after_func`]; tells whether that came in time.
pub type Unregister = Box<dyn FnOnce() -> bool + Send>;

/// A context of one's own, as a type that implements Go's interface `context.Context`.
///
/// [`Context::custom`] makes it a [`Context`], from which others can be derived. A method that is left out gives
/// what the [`parent`](Self::parent) gives, as that of a context embedded in a Go struct; so an
/// implementation says only in what it differs.
///
/// A done channel of its own is watched by a task, one for each context derived from it: unlike elsewhere
/// these end some time after it, and to derive one outside a runtime is a panic. [`after_func`](Self::after_func) does
/// without the task.
///
/// ```
/// use fanin::{Context, context::Custom};
/// use std::any::Any;
///
/// /// Knows the answer, and is otherwise as its parent.
/// struct WithAnswer(Context);
///
/// impl Custom for WithAnswer {
///     fn parent(&self) -> Option<&Context> {
///         Some(&self.0)
///     }
///     fn value(&self, key: &dyn Any) -> Option<&(dyn Any + Send + Sync)> {
///         key.downcast_ref().filter(|key| **key == "answer").map(|_: &&str| &42_i32 as _)
///     }
/// }
///
/// let (parent, cancel) = Context::background().with_value("question", "?").with_cancel();
/// let (child, _cancel) = Context::custom(WithAnswer(parent)).with_cancel();
/// assert_eq!(child.value(&"answer"), Some(&42));
/// assert_eq!(child.value(&"question"), Some(&"?"));
/// cancel.cancel();
/// assert!(child.err().is_some());
/// ```
pub trait Custom: Send + Sync + 'static {
    /// The context within, if there is one: the source of all that this one does not define.
    fn parent(&self) -> Option<&Context> {
        None
    }

    /// A channel that is closed when the context ends: always the same one.
    fn done(&self) -> Receiver<()> {
        self.parent().map_or_else(Receiver::never, Context::done)
    }

    /// Why the context ended; not before its done channel is closed.
    fn err(&self) -> Option<ContextError> {
        self.parent()?.err()
    }

    /// When it ends at the latest.
    fn deadline(&self) -> Option<Instant> {
        self.parent()?.deadline()
    }

    /// The value it has for `key`; the parent is asked for what this gives `None` for.
    fn value(&self, _key: &dyn Any) -> Option<&(dyn Any + Send + Sync)> {
        None
    }

    /// Registers what to call, once, when the context ends; the default does not.
    ///
    /// Called without a lock that `Unregister` takes, too: that is called when the derived context ends.
    ///
    /// # Errors
    ///
    /// With `end`, if the context has no such registry.
    fn after_func(&self, end: End) -> Result<Unregister, End> {
        Err(end)
    }

    /// What it is called where a context is printed: the name of its type.
    fn name(&self) -> Cow<'_, str> {
        type_name::<Self>().into()
    }
}
