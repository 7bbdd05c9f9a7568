use fanin::{
    detect,
    probe::{TaskId, What},
};

expect! {
    p06_confinement: |runs| {
        runs.right();
    };
    p14_or_channel: |runs| {
        runs.right().each(|run| {
            // Five signals, and two tasks of the tree: each of them closes its channel.
            let made = run.events.iter().filter(|e| matches!(e.what, What::Go { child, .. } if child != TaskId::MAIN));
            let closed = run.events.iter().filter(|e| matches!(e.what, What::Close { .. }));
            assert_eq!((made.count(), closed.count()), (7, 7));
        });
    };
    p37_unbuffered: |runs| {
        runs.right();
    };
    p37_alone: |runs| {
        let all_asleep = "fatal error: all goroutines are asleep - deadlock!";
        assert_eq!(runs.outcomes(), [all_asleep].map(String::from).into());
        runs.outputs(&[]).each(|run| assert_eq!(detect::findings(&run.events)[0].kind, detect::Kind::Deadlock));
    };
    p38_buffered: |runs| {
        let first = |run: &fanin::sim::Recording| assert_eq!(run.outputs()[..3], ["sent 1", "sent 2", "receiving"]);
        runs.clean().each(first).varied(1);
    };
    p39_directions: |runs| {
        runs.right();
    };
    p40_close: |runs| {
        runs.right();
    };
    p40_send_on_closed: |runs| {
        assert_eq!(runs.outcomes(), ["main returned", "panic: send on closed channel"].map(String::from).into());
    };
    p40_close_of_closed: |runs| {
        assert_eq!(runs.outcomes(), ["panic: close of closed channel"].map(String::from).into());
    };
    p41_select: |runs| {
        runs.right().varied(2);
    };
    p42_broadcast: |runs| {
        runs.clean().outputs_among(&[
            "go, 1, 2, 3", "go, 1, 3, 2", "go, 2, 1, 3", "go, 2, 3, 1", "go, 3, 1, 2", "go, 3, 2, 1",
        ]);
    };
    p54_channel_size: |runs| {
        runs.right();
    };
    p59_disconnect_overtakes: |runs| {
        assert!(runs.wrong(false).reached().contains("1, 2, disconnected"), "some runs lose messages");
    };
    p59_drain_first: |runs| {
        runs.right();
    };
    p60_nil_removes_case: |runs| {
        // As many as there are ways to shuffle two values among three.
        runs.right().varied(10);
    };
}
