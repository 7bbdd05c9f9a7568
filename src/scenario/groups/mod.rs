//! Tasks and calls that belong together.

use super::{Expected::Lines, Form::Plain};

scenarios! {
    in "groups";
    p61_errgroup {
        id: "p61-errgroup",
        rows: ["P61"],
        form: Plain,
        title: "A group of goroutines, and its first error",
        about: "Two parts are copied at a time. The third one fails as soon as it may start, after a second: \
                its error ends the group's context, and the second part learns why it is to stop. At that \
                instant it is not half done, so that it gives up.",
        expects: Lines(&["copied part 1", "part 2: disk full at part 3", "disk full at part 3"]),
    }
    p71_fetch_all {
        id: "p71-fetch-all",
        rows: ["P71"],
        form: Plain,
        title: "Fetching all, in the order of the ids",
        about: "Three fetches at the same time take as long as the slowest of them, and each result has its \
                place. With an id that cannot be found the others are cancelled, and no time is lost.",
        expects: Lines(&["data of slow, data of a, data of b after 3s", "no such id after 0ns"]),
    }
    p36_singleflight {
        id: "p36-singleflight",
        rows: ["P36"],
        form: Plain,
        title: "Ten callers, one execution",
        about: "Ten ask for the same page while it is being rendered: it is rendered once, and all get it. \
                Then a run is forgotten while it is under way, and the next caller starts one of its own.",
        expects: Lines(&["rendering", "ten answers", "rendering", "rendering", "shared: false, false"]),
    }
}
