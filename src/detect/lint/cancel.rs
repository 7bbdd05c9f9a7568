//! Contexts that nobody ended, as `go vet` looks for them in a source.

use super::super::{Finding, Kind, facts::Facts};
use crate::probe::{Event, ObjId, ObjKind, Outcome, What};
use std::collections::BTreeMap;

/// True for a context that is derived from none, and that somebody has.
fn is_root(kind: ObjKind) -> bool {
    matches!(kind, ObjKind::Context { parent: ObjId::NIL, after_func: false, .. })
}

/// The contexts that neither a cancel nor a deadline ended, in a run that came to rest. One that was derived from
/// another ends with that, and is not told of by itself.
pub(super) fn lost(facts: &Facts<'_>, events: &[Event], outcome: &Outcome) -> Vec<Finding> {
    if *outcome != Outcome::Returned {
        return Vec::new();
    }
    let mut open = BTreeMap::new();
    for e in events {
        match &e.what {
            What::Make { obj, kind, .. } if is_root(*kind) => {
                open.insert(*obj, e);
            }
            What::Cancel { ctx, .. } => {
                open.remove(ctx);
            }
            _ => {}
        }
    }
    let lost = open.into_iter().map(|(ctx, made)| {
        let (context, who) = (facts.object(ctx), facts.task(made.task));
        Finding {
            kind: Kind::LostCancel,
            tasks: vec![made.task],
            objects: vec![ctx],
            places: made.place.clone().into_iter().collect(),
            step: made.step,
            message: format!(
                "Context {context}, which {who} made, never ends: nobody calls its cancel function."
            ),
        }
    });
    lost.collect()
}
