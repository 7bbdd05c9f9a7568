expect! {
    p15_errors_printed: |runs| {
        // Main gets both pages, and learns of no error.
        runs.wrong(true).each(|run| {
            let lines = run.outputs();
            assert_eq!(lines.iter().filter(|line| *line == "200 OK").count(), 2);
            assert_eq!(lines.len(), 5);
        });
    };
    p16_errors_returned: |runs| {
        runs.right();
    };
    p17_batches: |runs| {
        runs.right();
    };
    p18_no_channels: |runs| {
        runs.right().each(|run| assert!(run.picks.is_empty()));
    };
    p19_pipeline: |runs| {
        runs.right();
    };
    p21_repeat_take: |runs| {
        runs.right();
    };
    p22_repeat_fn: |runs| {
        let runs = runs.clean().each(|run| {
            let rolls: Vec<u32> = run.outputs().iter().map(|roll| roll.parse().unwrap()).collect();
            assert!(rolls.len() == 4 && rolls.iter().all(|roll| (1..=6).contains(roll)));
        });
        assert!(runs.reached().len() > 100, "the numbers come from the seed");
    };
    p23_type_erased: |runs| {
        runs.right();
    };
    p24_fan_out: |runs| {
        runs.right();
    };
    p25_fan_in: |runs| {
        assert!(runs.right().reached().len() > 20, "of the ninety orders");
    };
    p26_or_done: |runs| {
        runs.right().each(|run| {
            assert_eq!(run.events.last().unwrap().at, 4_500_000_000);
        });
    };
    p27_tee: |runs| {
        runs.right();
    };
    p28_bridge: |runs| {
        runs.right();
    };
    p29_queuing: |runs| {
        runs.right();
    };
    p44_worker_pool: |runs| {
        runs.right();
    };
    p58_bounded: |runs| {
        // The digests of the standard library of Go.
        runs.right();
    };
}
