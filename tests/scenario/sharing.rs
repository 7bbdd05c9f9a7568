expect! {
    p34_map: |runs| {
        runs.clean().outputs(&["ada: 2", "bob: 1", "true", "false"]);
    };
    p35_mutex: |runs| {
        runs.clean().outputs(&["60 after 3s"]);
    };
    p43_close_twice: |runs| {
        assert_eq!(runs.outcomes(), ["panic: close of closed channel"].map(String::from).into());
    };
    p43_close_once: |runs| {
        runs.clean().outputs(&["stopped"]);
    };
    p53_by_mutex: |runs| {
        runs.clean().outputs(&["9"]);
    };
    p53_by_channel: |runs| {
        runs.clean().outputs(&["9"]);
    };
    p63_safe_map: |runs| {
        runs.clean().outputs(&["Lima", "unknown"]);
    };
    p64_rwlock: |runs| {
        runs.clean().outputs(&["0s: reads 7", "1s: reads 7", "5s: writes", "6s: reads 8"]);
    };
    p65_run_once: |runs| {
        runs.clean().each(|run| {
            let mut lines = run.outputs();
            lines.sort();
            assert_eq!(lines, ["runs already", "runs already", "started"]);
        });
    };
}
