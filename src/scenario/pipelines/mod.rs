//! Pipelines.

use super::{
    Expected::{Lines, Merged},
    Form::{Bug, Fix, Plain},
};

scenarios! {
    in "pipelines";
    p17_batches {
        id: "p17-batches",
        rows: ["P17"],
        form: Plain,
        title: "A pipeline of slices",
        about: "Each stage takes a whole slice and gives a new one. With four values in a batch the first \
                result comes after four seconds, and each stage holds four values; with one in a batch, \
                after one second.",
        expects: Lines(&["4s: [3, 5, 7, 9]", "1s: [3]", "2s: [5]", "3s: [7]", "4s: [9]"]),
    }
    p18_no_channels {
        id: "p18-no-channels",
        rows: ["P18"],
        form: Plain,
        title: "Value by value, without channels",
        about: "The same functions on one value at a time: a plain loop, one goroutine, nothing held. What \
                is lost is that stages could work at the same time.",
        expects: Lines(&["6", "10", "14", "18"]),
    }
    p15_errors_printed {
        id: "p15-errors-printed",
        rows: ["P15"],
        form: Bug { fix: "p16-errors-returned" },
        title: "Errors printed where they happen",
        about: "The goroutine that asks for pages cannot decide what an error means, so it prints it and \
                goes on. Main never learns of the errors: it cannot count them, and cannot stop.",
    }
    p16_errors_returned {
        id: "p16-errors-returned",
        rows: ["P16"],
        form: Fix { bug: "p15-errors-printed" },
        title: "Errors sent along with the results",
        about: "A result or an error, both over one channel, to somebody who knows the whole. Main stops \
                after the second error, and by its cancel so does the goroutine that asks.",
        expects: Lines(&["no such host: bad.a", "200 OK", "no such host: bad.c", "too many errors"]),
    }
    p19_pipeline {
        id: "p19-pipeline",
        rows: ["P19", "P30", "P55"],
        form: Plain,
        title: "A pipeline, cancelled half-way",
        about: "Generator, add, multiply: three goroutines, each with a value in hand while main looks at \
                the one before. Main has seen enough after four; its cancel reaches every stage, wherever it \
                waits.",
        expects: Lines(&["4", "6", "8", "10"]),
    }
    p21_repeat_take {
        id: "p21-repeat-take",
        rows: ["P20", "P21"],
        form: Plain,
        title: "Repeat and take",
        about: "An endless repetition, of which take passes on five values. Take then ends, and repeat waits \
                in its send until main's cancel lets it go.",
        expects: Lines(&["1", "2", "3", "1", "2"]),
    }
    p22_repeat_fn {
        id: "p22-repeat-fn",
        rows: ["P22"],
        form: Plain,
        title: "Repeat a function",
        about: "A function called again and again: the rolls of a die. The numbers come from the seed of the \
                run, so the same seed rolls the same again.",
    }
    p23_type_erased {
        id: "p23-type-erased",
        rows: ["P23"],
        form: Plain,
        title: "Stages for anything, and stages for a type",
        about: "The same pipeline twice: on values whose type is erased, each boxed at the front and asked \
                for its type at the end, and on the type itself. The second one has two goroutines fewer and \
                nothing that can fail.",
        expects: Lines(&["I am. I am.", "I am. I am."]),
    }
    p24_fan_out {
        id: "p24-fan-out",
        rows: ["P24"],
        form: Plain,
        title: "Fan-out: a slow stage in several workers",
        about: "Prime numbers, a millisecond for each divisor to try. One worker needs the sum of the times; \
                three that pull from the same channel need about a third, and find the primes in another \
                order.",
        expects: Lines(&["19", "17", "with 1: 105ms", "17", "19", "with 3: 36ms"]),
    }
    p25_fan_in {
        id: "p25-fan-in",
        rows: ["P25", "P56"],
        form: Plain,
        title: "Fan-in: many channels into one",
        about: "Three sources of two values each are merged. What one source sends stays in order; between \
                the sources any order can come out, one of ninety. The merged channel closes after the last \
                source has.",
        expects: Merged(&[&["11", "12"], &["21", "22"], &["31", "32"]]),
    }
    p26_or_done {
        id: "p26-or-done",
        rows: ["P26"],
        form: Plain,
        title: "or-done: a stream of somebody else's",
        about: "Three ticks from a stream that never closes and does not know this program's context. \
                Wrapped, it can be read in a plain loop, which the timeout ends.",
        expects: Lines(&["1", "2", "3", "done"]),
    }
    p27_tee {
        id: "p27-tee",
        rows: ["P27"],
        form: Plain,
        title: "Tee: one stream for two, in step",
        about: "Each value goes to both consumers before the next one is read. One of them needs a second \
                for each value, and so the other one waits as well.",
        expects: Lines(&["1 after 0s", "2 after 0s", "3 after 1s", "4 after 2s"]),
    }
    p28_bridge {
        id: "p28-bridge",
        rows: ["P28"],
        form: Plain,
        title: "Bridge: a channel of channels",
        about: "Pages come over a channel, and each is a channel of its lines. The bridge reads one page to \
                its end before it turns to the next, so the lines stay in order.",
        expects: Lines(&["11", "12", "21", "22", "31", "32"]),
    }
    p29_queuing {
        id: "p29-queuing",
        rows: ["P29"],
        form: Plain,
        title: "Where a queue helps",
        about: "Values come in two bursts; the consumer needs two milliseconds for each. A small queue takes \
                in a burst while the source gets on with the next, and time is saved. A larger one saves no \
                more: the consumer is busy all the time.",
        expects: Lines(&["without a queue: 22ms", "with a queue of 2: 18ms", "with a queue of 10: 18ms"]),
    }
    p44_worker_pool {
        id: "p44-worker-pool",
        rows: ["P44"],
        form: Plain,
        title: "A worker pool",
        about: "Five jobs of one to five seconds in a queue, and three workers. A worker that is done takes \
                the next job; the last result comes after seven seconds, the work of fifteen.",
        expects: Lines(&["2", "4", "6", "8", "10", "7s"]),
    }
    p58_bounded {
        id: "p58-bounded",
        rows: ["P58"],
        form: Plain,
        title: "Bounded parallelism",
        about: "The files of a tree are digested by three workers, however many files there are. An error of \
                a file comes with its result; that the walk failed comes on a channel of its own.",
        expects: Lines(&[
            "4f59ff5e730c8af3 docs/b.txt",
            "a430d84680aabd0b docs/a.txt",
            "c49f2fc149c12bfd src/d.txt",
            "cbf29ce484222325 src/c.txt",
            "permission denied: docs/old",
        ]),
    }
}
