//! What ends a context: nothing, a node of the cancellation tree, or a user's own done channel.

use super::{Cause, ContextError, Custom, cancel::CancelNode, custom::End};
use crate::{
    probe::{self, ObjId, Op, Site},
    rt::go_at,
    select,
    sync::Receiver,
};
use std::{error::Error, sync::Arc};

/// Why a context ended.
#[derive(Clone, Debug)]
pub(super) struct Reason {
    pub(super) err: ContextError,
    /// `None` where it is the error itself.
    pub(super) cause: Option<Cause>,
}

impl Reason {
    pub(super) fn new(err: ContextError) -> Self {
        Self { err, cause: None }
    }

    fn into_cause(self) -> Cause {
        self.cause.unwrap_or_else(|| Arc::new(self.err))
    }
}

/// Makes a cause of what users give.
pub(super) fn cause(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Cause {
    cause.into().into()
}

#[derive(Clone, Default)]
pub(super) enum Ending {
    #[default]
    Never,
    /// That of the nearest ancestor, or this one, that can be cancelled.
    Node(Arc<CancelNode>),
    Custom(Arc<Own>),
}

/// The end of a context that a user wrote.
pub(super) struct Own {
    custom: Arc<dyn Custom>,
    done: Receiver<()>,
    /// The node that the done channel belongs to, where it is that of a context within.
    node: Option<Arc<CancelNode>>,
}

impl Ending {
    pub(super) fn custom(custom: Arc<dyn Custom>) -> Self {
        let done = custom.done();
        let within = custom.parent().and_then(|parent| parent.ending.node());
        let node = within.filter(|node| node.done().same_channel(&done)).cloned();
        Self::Custom(Arc::new(Own { custom, done, node }))
    }

    pub(super) fn done(&self) -> Option<&Receiver<()>> {
        match self {
            Self::Never => None,
            Self::Node(node) => Some(node.done()),
            Self::Custom(own) => Some(&own.done),
        }
    }

    pub(super) fn err(&self) -> Option<ContextError> {
        match self {
            Self::Never => None,
            Self::Node(node) => Some(node.reason()?.err),
            Self::Custom(own) => own.custom.err(),
        }
    }

    pub(super) fn cause(&self) -> Option<Cause> {
        match self {
            Self::Never => None,
            Self::Node(node) => Some(node.reason()?.into_cause()),
            Self::Custom(own) => Some(own.reason()?.into_cause()),
        }
    }

    /// The node under which a derived one is to be found.
    pub(super) fn node(&self) -> Option<&Arc<CancelNode>> {
        match self {
            Self::Never => None,
            Self::Node(node) => Some(node),
            Self::Custom(own) => own.node.as_ref(),
        }
    }

    /// Ends `child` when this ends, or now if it has.
    pub(super) fn attach(&self, child: &Arc<CancelNode>, site: Site) {
        match (self, self.node()) {
            (_, Some(node)) => node.adopt(child),
            (Self::Custom(own), None) => own.watch(child, site),
            (Self::Never | Self::Node(_), None) => {}
        }
    }
}

impl Own {
    /// The cause is that of the nearest ancestor that knows one.
    fn reason(&self) -> Option<Reason> {
        let err = self.custom.err()?;
        let cause = self.custom.parent().and_then(|parent| parent.ending.cause());
        Some(Reason { err, cause })
    }

    fn watch(self: &Arc<Self>, child: &Arc<CancelNode>, site: Site) {
        if let Some(reason) = self.reason() {
            return child.end(reason);
        }
        if self.done.same_channel(&Receiver::never()) {
            return;
        }
        let (own, ending) = (self.clone(), child.clone());
        let end = move || {
            let reason = own.reason().unwrap_or_else(|| Reason::new(ContextError::Canceled));
            ending.end(reason);
        };
        match self.custom.after_func(Box::new(end)) {
            Ok(unregister) => child.unregister_at_end(unregister),
            Err(end) => {
                let (done, ended, ctx) = (self.done.clone(), child.done().clone(), child.id());
                go_at(site, async move {
                    select! {
                        _ = done.recv() => end_as_a_step(site, ctx, end),
                        _ = ended.recv() => {},
                    }
                });
            }
        }
    }
}

fn end_as_a_step(site: Site, ctx: ObjId, end: End) {
    probe::act(
        site,
        || Op::Cancel { ctx },
        move || {
            end();
            Ok(())
        },
    );
}
