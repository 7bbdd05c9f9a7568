use fanin::detect::{Kind, findings};

expect! {
    p05_convention_broken: |runs| {
        runs.races("item 3 of #1 (data)", true).outputs(&["1", "2", "3", "0"]);
    };
    p05_convention_kept: |runs| {
        runs.right();
    };
    p07_changed_in_place: |runs| {
        let runs = runs.races("#1 (settings)", true);
        runs.outputs_among(&["10, 10, 20", "10, 20, 20", "20, 20, 20"]);
    };
    p07_copy_for_a_change: |runs| {
        runs.right();
    };
    p33_counter: |runs| {
        runs.races("#1 (counter)", true).outputs_among(&["1", "2"]);
    };
    p66_shared_append: |runs| {
        let runs = runs.races("item 1 of #1 (base)", true);
        assert!(runs.reached().contains("1 has [0, 2], 2 has [0, 2]"), "{:?}", runs.reached());
    };
    p66_copied_append: |runs| {
        runs.right().varied(2);
    };
    p67_map_header: |runs| {
        runs.races("#2 (scores)", false).outputs_among(&["1", "2"]);
    };
    p67_deep_copy: |runs| {
        runs.right().varied(2);
    };
    p68_formats_inside: |runs| {
        runs.each(|run| {
            let found = findings(&run.events);
            let [deadlock] = &found[..] else { panic!("{found:?}") };
            assert_eq!(deadlock.kind, Kind::Deadlock);
            assert!(deadlock.message.ends_with("main waits to lock #1 (user): it has held it itself since step 2."));
        });
    };
    p68_formats_outside: |runs| {
        runs.right();
    };
    p75_safe_counter: |runs| {
        runs.right();
    };
}

/// Where a schedule hides a race an exploration shows it.
#[test]
fn an_exploration_finds_what_a_schedule_hides() {
    for (id, expected) in [("p67-map-header", vec![Kind::DataRace]), ("p67-deep-copy", vec![])] {
        let scenario = fanin::scenario::find(id).expect("it is in the gallery");
        let report = fanin::explore::Explorer::new().run(|| scenario.program());
        let kinds: Vec<_> = report.findings.iter().map(|f| f.finding.kind).collect();
        assert_eq!(kinds, expected);
    }
}
