//! Data races, and a lock that is taken twice.

use super::{
    Expected::{Lines, Merged, OneOf},
    Form::{Bug, Fix},
};

scenarios! {
    in "races";
    p33_counter {
        id: "p33-counter",
        rows: ["P33", "P75"],
        form: Bug { fix: "p75-safe-counter" },
        title: "A counter that two add to",
        about: "Each reads the counter and writes it back one higher. Nothing orders the two, so that one \
                update may be lost. The data race is found in every schedule, also where the count is right.",
    }
    p75_safe_counter {
        id: "p75-safe-counter",
        rows: ["P75"],
        form: Fix { bug: "p33-counter" },
        title: "The same counter behind a mutex",
        about: "The variable is as plain as before, but the lock orders the accesses: each unlock comes \
                before the next lock. The count is right in every schedule.",
        expects: Lines(&["2"]),
    }
    p05_convention_broken {
        id: "p05-convention-broken",
        rows: ["P05"],
        form: Bug { fix: "p05-convention-kept" },
        title: "Confinement by convention, broken",
        about: "By agreement one goroutine alone touches the data, and nothing holds the others to it. Main \
                writes, too: the last number is gone, and the write races with a read.",
    }
    p05_convention_kept {
        id: "p05-convention-kept",
        rows: ["P05"],
        form: Fix { bug: "p05-convention-broken" },
        title: "Confinement by convention, kept",
        about: "Main can still reach the data, and does not. That is all there is to it: the next change \
                may break it again, where lexical confinement would not compile.",
        expects: Lines(&["1", "2", "3", "4"]),
    }
    p07_changed_in_place {
        id: "p07-changed-in-place",
        rows: ["P07"],
        form: Bug { fix: "p07-copy-for-a-change" },
        title: "Settings changed in place",
        about: "The new settings are meant for requests to come, but a map is a header, and those at work \
                have the same entries. What they read depends on the schedule.",
    }
    p07_copy_for_a_change {
        id: "p07-copy-for-a-change",
        rows: ["P07"],
        form: Fix { bug: "p07-changed-in-place" },
        title: "A copy for a change",
        about: "What has been handed out is never written again, so that it needs no lock. A change costs a \
                copy.",
        expects: Lines(&["10", "10", "20"]),
    }
    p66_shared_append {
        id: "p66-shared-append",
        rows: ["P66"],
        form: Bug { fix: "p66-copied-append" },
        title: "Appending to the same slice",
        about: "Two goroutines append to a slice with room for one more. Both write the same place behind \
                its end, and in some schedules one finds the other's number in what it holds for its own.",
    }
    p66_copied_append {
        id: "p66-copied-append",
        rows: ["P66"],
        form: Fix { bug: "p66-shared-append" },
        title: "A copy before each append",
        about: "Each appends to an array of its own. Only reads of the shared one are left, and reads do \
                not race.",
        expects: Merged(&[&["1 has [0, 1]"], &["2 has [0, 2]"]]),
    }
    p67_map_header {
        id: "p67-map-header",
        rows: ["P67"],
        form: Bug { fix: "p67-deep-copy" },
        title: "A map that leaves its lock",
        about: "The map is handed out under the lock and read without it, while another goroutine writes. \
                Where the writer came first all is in order, and no race is found; explore every \
                interleaving.",
    }
    p67_deep_copy {
        id: "p67-deep-copy",
        rows: ["P67"],
        form: Fix { bug: "p67-map-header" },
        title: "A copy that leaves the lock",
        about: "The entries are copied while the lock is held. What main then reads is one state or the \
                other, and its own.",
        expects: OneOf(&[Lines(&["1"]), Lines(&["2"])]),
    }
    p68_formats_inside {
        id: "p68-formats-inside",
        rows: ["P68"],
        form: Bug { fix: "p68-formats-outside" },
        title: "Printing oneself inside the lock",
        about: "A method that holds the lock prints its object, whose text takes the same lock. A mutex does \
                not know who holds it: main waits for itself, a deadlock.",
    }
    p68_formats_outside {
        id: "p68-formats-outside",
        rows: ["P68"],
        form: Fix { bug: "p68-formats-inside" },
        title: "Printing after the unlock",
        about: "The same method gives the lock back first, and the text takes it when it is free.",
        expects: Lines(&["user Bob"]),
    }
}
