//! What tasks share: locks, maps, atomics.

use super::{
    Expected::{Lines, Merged},
    Form::{Bug, Fix, Plain},
};

scenarios! {
    in "sharing";
    p35_mutex {
        id: "p35-mutex",
        rows: ["P35"],
        form: Plain,
        title: "A mutex around a critical section",
        about: "Three deposits, each of which looks at the balance, takes a second and writes it. The mutex \
                lets one in at a time: three seconds, and no deposit is lost.",
        expects: Lines(&["60 after 3s"]),
    }
    p63_safe_map {
        id: "p63-safe-map",
        rows: ["P63"],
        form: Plain,
        title: "A map behind a mutex",
        about: "The lock is a named part of what it guards, and is held to the end of a scope, whichever way \
                out is taken. In Rust the data can be reached by the lock alone.",
        expects: Lines(&["Lima", "unknown"]),
    }
    p64_rwlock {
        id: "p64-rwlock",
        rows: ["P64"],
        form: Plain,
        title: "Readers together, a writer alone",
        about: "Two readers hold the lock at the same time. The writer waits for both; a third reader that \
                comes after it waits behind it, so that readers cannot keep a writer out for ever.",
        expects: Lines(&["0s: reads 7", "1s: reads 7", "5s: writes", "6s: reads 8"]),
    }
    p34_map {
        id: "p34-map",
        rows: ["P34"],
        form: Plain,
        title: "A map that many may use",
        about: "Each operation of the map is undivided, and combined ones are loops: load or store, compare \
                and swap, and again if somebody came in between. Ada is counted twice in every order.",
        expects: Lines(&["ada: 2", "bob: 1", "true", "false"]),
    }
    p65_run_once {
        id: "p65-run-once",
        rows: ["P65"],
        form: Plain,
        title: "An atomic flag: started once",
        about: "Three starts at the same time. A swap gives what was there before, so that exactly one of \
                them finds the flag unset.",
        expects: Merged(&[&["started"], &["runs already"], &["runs already"]]),
    }
    p43_close_twice {
        id: "p43-close-twice",
        rows: ["P43"],
        form: Bug { fix: "p43-close-once" },
        title: "Two who close the same channel",
        about: "Two goroutines find a reason to stop, and both close done. The second close panics.",
    }
    p43_close_once {
        id: "p43-close-once",
        rows: ["P43"],
        form: Fix { bug: "p43-close-twice" },
        title: "Closed once, whoever asks",
        about: "The close goes through a once: the first who asks does it, and the others wait until it is \
                done.",
        expects: Lines(&["stopped"]),
    }
    p53_by_mutex {
        id: "p53-by-mutex",
        rows: ["P53"],
        form: Plain,
        title: "A sum, by a mutex",
        about: "Words on three pages, counted in parallel and added under a lock. Nothing but the lock says \
                who may touch the sum; a wait group says when it is complete.",
        expects: Lines(&["9"]),
    }
    p53_by_channel {
        id: "p53-by-channel",
        rows: ["P53"],
        form: Plain,
        title: "The same sum, by a channel",
        about: "Each goroutine sends its count, and main alone has the sum. The receives are also the join: \
                after the third one everything is there.",
        expects: Lines(&["9"]),
    }
}
