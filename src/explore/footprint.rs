//! What a step touches, and which steps depend on each other.
//!
//! Two steps of different tasks are independent if doing them in either order leads to the same state,
//! whatever the state they start from. The rules, per object:
//!
//! - sends on a channel depend on each other, and receives do (first come, first served), but a send and a
//!   receive do not: each is one attempt that completes or waits, and the other one completes it;
//! - a close depends on closes and sends, and on a receive if a sender waits when either of them happens;
//! - a select depends on whatever changes any of its channels, and so does a step that completes a waiting
//!   select, since that leaves the queues of all its channels;
//! - operations of one wait group, lock, condition, semaphore or other object depend on each other, unless both
//!   only look; and so do outputs.

use crate::probe::{CaseOp, ObjId, Op};

/// How a step touches an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Access {
    /// Its queue of senders.
    Send,
    /// Its queue of receivers; `senders` if a sender waited.
    Recv { senders: bool },
    /// It was closed; `senders` if a sender waited.
    Close { senders: bool },
    /// Its state was looked at, without a change.
    Look,
    /// All of it.
    Whole,
}

impl Access {
    fn depends(self, other: Self) -> bool {
        use Access::{Close, Look, Recv, Send};
        match (self, other) {
            (Send, Recv { .. }) | (Recv { .. }, Send) | (Look, Look) => false,
            (Close { senders: a }, Recv { senders: b }) | (Recv { senders: a }, Close { senders: b }) => {
                a || b
            }
            _ => true,
        }
    }
}

/// The objects that a step touches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Footprint {
    accesses: Vec<(ObjId, Access)>,
    /// The clock moved: ordered with everything.
    barrier: bool,
}

/// Stands for the program's output.
pub(super) const OUTPUT: ObjId = ObjId(u32::MAX);

impl Footprint {
    pub(super) fn barrier(&mut self) {
        self.barrier = true;
    }

    pub(super) fn touch(&mut self, obj: ObjId, access: Access) {
        if obj != ObjId::NIL && !self.accesses.contains(&(obj, access)) {
            self.accesses.push((obj, access));
        }
    }

    /// All channels of a select.
    pub(super) fn touch_cases(&mut self, op: &Op) {
        if let Op::Select { cases, .. } = op {
            for case in cases {
                if let CaseOp::Send { ch, .. } | CaseOp::Recv { ch } = case {
                    self.touch(*ch, Access::Whole);
                }
            }
        }
    }

    pub(super) fn depends(&self, other: &Self) -> bool {
        if self.barrier || other.barrier {
            return true;
        }
        self.accesses
            .iter()
            .any(|(obj, a)| other.accesses.iter().any(|(other_obj, b)| obj == other_obj && a.depends(*b)))
    }
}
