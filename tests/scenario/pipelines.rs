expect! {
    p15_errors_printed: |runs| {
        // Main gets both pages, and learns of no error.
        runs.clean().each(|run| {
            let lines = run.outputs();
            assert_eq!(lines.iter().filter(|line| *line == "200 OK").count(), 2);
            assert_eq!(lines.len(), 5);
        });
    };
    p16_errors_returned: |runs| {
        runs.clean().outputs(&["no such host: bad.a", "200 OK", "no such host: bad.c", "too many errors"]);
    };
    p17_batches: |runs| {
        runs.clean().outputs(&["4s: [3, 5, 7, 9]", "1s: [3]", "2s: [5]", "3s: [7]", "4s: [9]"]);
    };
    p18_no_channels: |runs| {
        runs.clean().outputs(&["6", "10", "14", "18"]).each(|run| assert!(run.picks.is_empty()));
    };
    p19_pipeline: |runs| {
        runs.clean().outputs(&["4", "6", "8", "10"]);
    };
    p21_repeat_take: |runs| {
        runs.clean().outputs(&["1", "2", "3", "1", "2"]);
    };
    p22_repeat_fn: |runs| {
        let runs = runs.clean().each(|run| {
            let rolls: Vec<u32> = run.outputs().iter().map(|roll| roll.parse().unwrap()).collect();
            assert!(rolls.len() == 4 && rolls.iter().all(|roll| (1..=6).contains(roll)));
        });
        assert!(runs.reached().len() > 100, "the numbers come from the seed");
    };
    p23_type_erased: |runs| {
        runs.clean().outputs(&["I am. I am.", "I am. I am."]);
    };
    p24_fan_out: |runs| {
        runs.clean().outputs(&["19", "17", "with 1: 105ms", "17", "19", "with 3: 36ms"]);
    };
    p25_fan_in: |runs| {
        let runs = runs.clean().each(|run| {
            let values: Vec<u32> = run.outputs().iter().map(|value| value.parse().unwrap()).collect();
            for source in 1..=3 {
                let of_source: Vec<_> = values.iter().filter(|value| *value / 10 == source).collect();
                assert_eq!(of_source, [&(10 * source + 1), &(10 * source + 2)]);
            }
            assert_eq!(values.len(), 6);
        });
        assert!(runs.reached().len() > 20, "of the ninety orders");
    };
    p26_or_done: |runs| {
        runs.clean().outputs(&["1", "2", "3", "done"]).each(|run| {
            assert_eq!(run.events.last().unwrap().at, 4_500_000_000);
        });
    };
    p27_tee: |runs| {
        runs.clean().outputs(&["1 after 0s", "2 after 0s", "3 after 1s", "4 after 2s"]);
    };
    p28_bridge: |runs| {
        runs.clean().outputs(&["11", "12", "21", "22", "31", "32"]);
    };
    p29_queuing: |runs| {
        runs.clean().outputs(&["without a queue: 22ms", "with a queue of 2: 18ms", "with a queue of 10: 18ms"]);
    };
    p44_worker_pool: |runs| {
        runs.clean().outputs(&["2", "4", "6", "8", "10", "7s"]);
    };
    p58_bounded: |runs| {
        // The digests of the standard library of Go.
        runs.clean().outputs(&[
            "4f59ff5e730c8af3 docs/b.txt",
            "a430d84680aabd0b docs/a.txt",
            "c49f2fc149c12bfd src/d.txt",
            "cbf29ce484222325 src/c.txt",
            "permission denied: docs/old",
        ]);
    };
}
