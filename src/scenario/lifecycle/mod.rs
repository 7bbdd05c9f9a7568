//! Starting, stopping, waiting.

use super::{
    Expected::{Lines, Merged},
    Form::{Bug, Fix, Plain},
};

scenarios! {
    in "lifecycle";
    p08_for_select {
        id: "p08-for-select",
        rows: ["P08"],
        form: Plain,
        title: "Sending iteration variables until done",
        about: "A loop whose every turn is a select between sending the next value and done. Main takes one \
                value and closes done: the rest is not sent.",
        expects: Lines(&["a"]),
    }
    p09_loop_until_stopped {
        id: "p09-loop-until-stopped",
        rows: ["P09"],
        form: Plain,
        title: "Looping until stopped, in two forms",
        about: "A short select before the work, or the work in the select's default. Both look at done once \
                a round, so that a stop in the middle of a round is seen at its end: four rounds of ten \
                milliseconds for a stop after thirty-five.",
        expects: Lines(&["4", "4"]),
    }
    p31_goroutine {
        id: "p31-goroutine",
        rows: ["P31"],
        form: Plain,
        title: "Three goroutines",
        about: "Starting a goroutine does not run it: it is ready, as main is, and any of them can be next. \
                Six orders are possible.",
    }
    p32_negative_counter {
        id: "p32-negative-counter",
        rows: ["P32"],
        form: Plain,
        title: "A wait group below zero",
        about: "Done once more than was added: the counter of a wait group must not fall below zero, and the \
                program panics.",
    }
    p49_ticker_worker {
        id: "p49-ticker-worker",
        rows: ["P49"],
        form: Plain,
        title: "A worker on a ticker and a context",
        about: "Flushes every second, until its context ends; then says why it stopped.",
        expects: Lines(&["flush", "flush", "flush", "context deadline exceeded"]),
    }
    p50_join {
        id: "p50-join",
        rows: ["P50"],
        form: Plain,
        title: "Joining with a wait group",
        about: "Three items are processed at the same time. Main waits for all: as long as the slowest \
                takes, not as long as all together.",
        expects: Lines(&["1", "2", "3", "all after 3s"]),
    }
    p51_worker_struct {
        id: "p51-worker-struct",
        rows: ["P51"],
        form: Plain,
        title: "A worker to wait for",
        about: "The worker owns its done channel and closes it on the way out. Whoever has the worker can \
                wait for its end, however long it takes to notice the cancel.",
        expects: Lines(&["worker exited", "joined"]),
    }
    p52_stop_and_done {
        id: "p52-stop-and-done",
        rows: ["P52"],
        form: Plain,
        title: "Stop and done channels",
        about: "Where there is no context: one channel to ask for the stop, one to tell that it has \
                happened. Main waits for the second, so the last flush is never lost.",
        expects: Lines(&["flush", "flush", "last flush", "stopped"]),
    }
    p69_fire_and_forget {
        id: "p69-fire-and-forget",
        rows: ["P69"],
        form: Bug { fix: "p69-joined" },
        title: "Fired and forgotten",
        about: "Main starts the saving and exits at once. Here the run goes on, so that one can see what was \
                still to come; a Go program would have ended, with nothing saved.",
    }
    p69_joined {
        id: "p69-joined",
        rows: ["P69"],
        form: Fix { bug: "p69-fire-and-forget" },
        title: "Started by the one who waits",
        about: "The saving itself is an ordinary function. Whoever starts it as a goroutine also joins it, \
                and so it is saved before the exit in every run.",
        expects: Lines(&["saved", "exit"]),
    }
    p69_receiver_closes {
        id: "p69-receiver-closes",
        rows: ["P69"],
        form: Bug { fix: "p69-sender-closes" },
        title: "A receiver that closes",
        about: "Main has had enough after the first value and closes the channel. The sender is about to \
                send, or waits in its send: it panics in every run.",
    }
    p69_sender_closes {
        id: "p69-sender-closes",
        rows: ["P69"],
        form: Fix { bug: "p69-receiver-closes" },
        title: "The sender closes, the receiver asks",
        about: "Only the sender closes, when it has sent all or was asked to stop; the receiver asks on a \
                done channel, and the sender watches for it wherever it sends.",
        expects: Lines(&["1"]),
    }
    p69_closed_too_early {
        id: "p69-closed-too-early",
        rows: ["P69"],
        form: Bug { fix: "p69-closed-after-all" },
        title: "Closed before the last send",
        about: "Of two senders the second one closes, as if it were the last. In some runs it is; in the \
                others the first one sends on a closed channel.",
    }
    p69_closed_after_all {
        id: "p69-closed-after-all",
        rows: ["P69"],
        form: Fix { bug: "p69-closed-too-early" },
        title: "Closed after all sends",
        about: "A wait group counts the senders, and a goroutine of its own closes once all have sent.",
        expects: Merged(&[&["1"], &["2"]]),
    }
    p70_process_batch {
        id: "p70-process-batch",
        rows: ["P70"],
        form: Plain,
        title: "Checking the context between items",
        about: "Each item takes a second, and the time is up after two and a half. The third item is \
                finished, the fourth is not begun.",
        expects: Lines(&["1", "2", "3", "context deadline exceeded"]),
    }
    p73_worker {
        id: "p73-worker",
        rows: ["P73"],
        form: Plain,
        title: "A worker on a context and jobs",
        about: "Two ways to end, and the worker watches for both: the first one stops because its jobs are \
                closed, the second because its context ends.",
        expects: Lines(&["1", "no more jobs", "2", "canceled"]),
    }
}
