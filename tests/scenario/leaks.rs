expect! {
    p10_nil_channel: |runs| {
        runs.leak(&["chan receive (nil chan)"]).outputs(&["done"]);
    };
    p11_done_joined: |runs| {
        runs.clean().outputs(&["canceling the worker", "worker exited", "done"]);
    };
    p12_random_producer: |runs| {
        let runs = runs.leak(&["chan send"]).each(|run| assert_eq!(run.outputs().len(), 3));
        assert!(runs.reached().len() > 100, "the numbers come from the seed");
    };
    p13_producer_done: |runs| {
        runs.clean().each(|run| assert_eq!(run.outputs()[3..], ["producer exited"]));
    };
    p57_stage_without_done: |runs| {
        runs.leak(&["chan send"]).outputs(&["2", "5"]).each(|run| {
            let found = &fanin::detect::findings(&run.events)[0];
            assert!(found.message.contains("(square) waits for ever to send"), "{}", found.message);
        });
    };
    p57_every_stage_with_done: |runs| {
        runs.right();
    };
    p72_no_reader: |runs| {
        runs.leak(&["chan send"]).outputs(&["gave up"]);
    };
    p72_one_slot: |runs| {
        runs.right();
    };
    p72_never_sent: |runs| {
        runs.leak(&["chan receive"]).outputs(&["no such file"]);
    };
    p72_always_closed: |runs| {
        runs.right();
    };
    p72_lock_never_released: |runs| {
        runs.leak(&["sync.Mutex.Lock"]).outputs(&["value too large"]).each(|run| {
            let found = &fanin::detect::findings(&run.events)[0];
            assert!(found.message.contains("(config): main has held it since step"), "{}", found.message);
        });
    };
    p72_lock_released: |runs| {
        runs.right();
    };
    p74_pool_ignores_cancel: |runs| {
        runs.leak(&["chan send", "chan send", "sync.WaitGroup.Wait"]).outputs_among(&["2", "4"]);
    };
    p74_pool_with_cancel: |runs| {
        runs.right().varied(2);
    };
}
