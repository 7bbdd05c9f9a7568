expect! {
    p08_for_select: |runs| {
        runs.right();
    };
    p09_loop_until_stopped: |runs| {
        runs.right();
    };
    p31_goroutine: |runs| {
        runs.clean().varied(6);
    };
    p32_negative_counter: |runs| {
        assert_eq!(runs.outcomes(), ["panic: sync: negative WaitGroup counter"].map(String::from).into());
    };
    p49_ticker_worker: |runs| {
        runs.right();
    };
    p50_join: |runs| {
        runs.right();
    };
    p51_worker_struct: |runs| {
        runs.right();
    };
    p52_stop_and_done: |runs| {
        runs.right();
    };
    p69_fire_and_forget: |runs| {
        // What was still to come when main had returned.
        runs.wrong(true).outputs(&["exit", "saved"]);
    };
    p69_joined: |runs| {
        runs.right();
    };
    p69_receiver_closes: |runs| {
        assert_eq!(runs.outcomes(), ["panic: send on closed channel"].map(String::from).into());
    };
    p69_sender_closes: |runs| {
        runs.right();
    };
    p69_closed_too_early: |runs| {
        assert_eq!(runs.outcomes(), ["main returned", "panic: send on closed channel"].map(String::from).into());
    };
    p69_closed_after_all: |runs| {
        runs.right().varied(2);
    };
    p70_process_batch: |runs| {
        runs.right();
    };
    p73_worker: |runs| {
        runs.right();
    };
}
