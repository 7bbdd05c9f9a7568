expect! {
    p36_singleflight: |runs| {
        runs.right();
    };
    p61_errgroup: |runs| {
        runs.right();
    };
    p71_fetch_all: |runs| {
        runs.right();
    };
}
