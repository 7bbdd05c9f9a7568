expect! {
    p08_for_select: |runs| {
        runs.clean().outputs(&["a"]);
    };
    p09_loop_until_stopped: |runs| {
        runs.clean().outputs(&["4", "4"]);
    };
    p31_goroutine: |runs| {
        assert_eq!(runs.clean().reached().len(), 6);
    };
    p32_negative_counter: |runs| {
        assert_eq!(runs.outcomes(), ["panic: sync: negative WaitGroup counter"].map(String::from).into());
    };
    p49_ticker_worker: |runs| {
        runs.clean().outputs(&["flush", "flush", "flush", "context deadline exceeded"]);
    };
    p50_join: |runs| {
        runs.clean().outputs(&["1", "2", "3", "all after 3s"]);
    };
    p51_worker_struct: |runs| {
        runs.clean().outputs(&["worker exited", "joined"]);
    };
    p52_stop_and_done: |runs| {
        runs.clean().outputs(&["flush", "flush", "last flush", "stopped"]);
    };
    p69_fire_and_forget: |runs| {
        // What was still to come when main had returned.
        runs.clean().outputs(&["exit", "saved"]);
    };
    p69_joined: |runs| {
        runs.clean().outputs(&["saved", "exit"]);
    };
    p69_receiver_closes: |runs| {
        assert_eq!(runs.outcomes(), ["panic: send on closed channel"].map(String::from).into());
    };
    p69_sender_closes: |runs| {
        runs.clean().outputs(&["1"]);
    };
    p69_closed_too_early: |runs| {
        assert_eq!(runs.outcomes(), ["main returned", "panic: send on closed channel"].map(String::from).into());
    };
    p69_closed_after_all: |runs| {
        runs.clean().outputs_among(&["1, 2", "2, 1"]);
    };
    p70_process_batch: |runs| {
        runs.clean().outputs(&["1", "2", "3", "context deadline exceeded"]);
    };
    p73_worker: |runs| {
        runs.clean().outputs(&["1", "no more jobs", "2", "canceled"]);
    };
}
