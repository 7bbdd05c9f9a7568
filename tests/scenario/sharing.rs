expect! {
    p34_map: |runs| {
        runs.right();
    };
    p35_mutex: |runs| {
        runs.right();
    };
    p43_close_twice: |runs| {
        assert_eq!(runs.outcomes(), ["panic: close of closed channel"].map(String::from).into());
    };
    p43_close_once: |runs| {
        runs.right();
    };
    p53_by_mutex: |runs| {
        runs.right();
    };
    p53_by_channel: |runs| {
        runs.right();
    };
    p63_safe_map: |runs| {
        runs.right();
    };
    p64_rwlock: |runs| {
        runs.right();
    };
    p65_run_once: |runs| {
        runs.right();
    };
}
