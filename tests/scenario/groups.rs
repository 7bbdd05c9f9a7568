expect! {
    p36_singleflight: |runs| {
        runs.clean().outputs(&["rendering", "ten answers", "rendering", "rendering", "shared: false, false"]);
    };
    p61_errgroup: |runs| {
        runs.clean().outputs(&["copied part 1", "part 2: disk full at part 3", "disk full at part 3"]);
    };
    p71_fetch_all: |runs| {
        runs.clean().outputs(&["data of slow, data of a, data of b after 3s", "no such id after 0ns"]);
    };
}
