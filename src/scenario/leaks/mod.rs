//! Leaks and their repairs.

use super::{
    Expected::{Lines, OneOf},
    Form::{Bug, Fix},
};

scenarios! {
    in "leaks";
    p10_nil_channel {
        id: "p10-nil-channel",
        rows: ["P10"],
        form: Bug { fix: "p11-done-joined" },
        title: "Receiving from a nil channel",
        about: "A worker ranges over the channel that it is given, and is given none: Go's nil channel, on \
                which a receive waits for ever. Main goes on and returns.",
    }
    p11_done_joined {
        id: "p11-done-joined",
        rows: ["P11", "P42"],
        form: Fix { bug: "p10-nil-channel" },
        title: "The same worker, told to stop and waited for",
        about: "The worker also watches a done channel, and main waits until it has ended. The channel that \
                it works on is still nil; after one second a third goroutine closes done, and both come \
                out.",
    }
    p12_random_producer {
        id: "p12-random-producer",
        rows: ["P12"],
        form: Bug { fix: "p13-producer-done" },
        title: "A producer that nobody stops",
        about: "An endless stream of random numbers, of which main takes three. The producer cannot learn \
                that no more are wanted: it stays in its next send, and never closes its channel.",
    }
    p13_producer_done {
        id: "p13-producer-done",
        rows: ["P13"],
        form: Fix { bug: "p12-random-producer" },
        title: "The same producer, with a done channel",
        about: "Each send is a select between the consumer and done. After three numbers main closes done, \
                and the producer closes its channel and ends while main works on.",
    }
    p57_stage_without_done {
        id: "p57-stage-without-done",
        rows: ["P57"],
        form: Bug { fix: "p57-every-stage-with-done" },
        title: "One stage without done",
        about: "Three stages, each with its next value in hand when main cancels. The one in the middle only \
                knows its send, and nobody receives from it any more.",
    }
    p57_every_stage_with_done {
        id: "p57-every-stage-with-done",
        rows: ["P57"],
        form: Fix { bug: "p57-stage-without-done" },
        title: "Every stage with done",
        about: "The same pipeline; the stage in the middle now sends in a select with done, as the others \
                do. The cancel ends all three.",
        expects: Lines(&["2", "5"]),
    }
    p72_no_reader {
        id: "p72-no-reader",
        rows: ["P72"],
        form: Bug { fix: "p72-one-slot" },
        title: "An answer that nobody waits for",
        about: "Main loses patience after one second; the answer comes after two. Its send has nobody to \
                meet.",
    }
    p72_one_slot {
        id: "p72-one-slot",
        rows: ["P72"],
        form: Fix { bug: "p72-no-reader" },
        title: "A slot for the answer",
        about: "With room for one value the send goes through, whether or not anybody comes for it.",
        expects: Lines(&["gave up"]),
    }
    p72_never_sent {
        id: "p72-never-sent",
        rows: ["P72"],
        form: Bug { fix: "p72-always-closed" },
        title: "A value that is never sent",
        about: "A goroutine waits for the configuration. Loading fails, main takes the way out for errors, \
                and the one who waits is forgotten.",
    }
    p72_always_closed {
        id: "p72-always-closed",
        rows: ["P72"],
        form: Fix { bug: "p72-never-sent" },
        title: "Closed on every way out",
        about: "Main closes the channel when it leaves, whichever way. The one who waits sees the close and \
                ends.",
        expects: Lines(&["no such file"]),
    }
    p72_lock_never_released {
        id: "p72-lock-never-released",
        rows: ["P72"],
        form: Bug { fix: "p72-lock-released" },
        title: "A lock that is never released",
        about: "Saving locks by hand, and takes the way out for errors without unlocking. The next one who \
                wants the lock waits for ever, for somebody who has long gone on.",
    }
    p72_lock_released {
        id: "p72-lock-released",
        rows: ["P72"],
        form: Fix { bug: "p72-lock-never-released" },
        title: "Unlocked on every way out",
        about: "The guard of the lock is a value, and its drop unlocks: at the end of the function, whichever \
                way it is left.",
        expects: Lines(&["value too large", "read"]),
    }
    p74_pool_ignores_cancel {
        id: "p74-pool-ignores-cancel",
        rows: ["P74"],
        form: Bug { fix: "p74-pool-with-cancel" },
        title: "A pool that ignores the cancel while it sends",
        about: "Each worker looks at the context before a job, and then sends the result without looking \
                again. Main takes one result and cancels; the workers stay in their sends, and the goroutine \
                that waits for them stays too.",
    }
    p74_pool_with_cancel {
        id: "p74-pool-with-cancel",
        rows: ["P74"],
        form: Fix { bug: "p74-pool-ignores-cancel" },
        title: "A pool whose sends end with the context",
        about: "The library's worker pool sends each result in a select with the context. The same cancel \
                ends all of it.",
        expects: OneOf(&[Lines(&["2"]), Lines(&["4"])]),
    }
}
