//! Channels as the ecosystem's streams and sinks.

use crate::harness::*;
use fanin::{
    Context, chan, go,
    patterns::{from_stream, generator},
    probe::What,
    sim::Recording,
    sync::Closed,
    yield_now,
};
use futures::{SinkExt, StreamExt, future, stream};

conformance! {
    /// A stream gives what is received, up to the close.
    async fn a_stream_gives_what_is_received() {
        for cap in [0, 1, 3] {
            let (tx, rx) = chan(cap);
            go(async move {
                for v in 0..5 {
                    tx.send(v).await;
                }
                tx.close();
            });
            let mut stream = rx.stream();
            assert_eq!(stream.by_ref().take(2).collect::<Vec<_>>().await, [0, 1]);
            assert_eq!(rx.recv().await, Some(2));
            assert_eq!(stream.collect::<Vec<_>>().await, [3, 4]);
        }
    }

    /// Streams of one channel share its values, as receivers do.
    async fn streams_of_one_channel_share_its_values() {
        let (tx, rx) = chan(0);
        let both = go(stream::select(rx.stream(), rx.stream()).collect::<Vec<_>>());
        for v in 0..6 {
            tx.send(v).await;
        }
        tx.close();
        let mut got = both.await.expect("it returned");
        got.sort_unstable();
        assert_eq!(got, [0, 1, 2, 3, 4, 5]);
    }

    /// A sink sends, and waits as a send does.
    async fn a_sink_waits_for_its_receiver() {
        let ((tx, rx), log) = (chan(0), Log::new());
        let (mut sink, sent) = (tx.sink(), log.clone());
        go(async move {
            for v in 0..2 {
                sink.send(v).await.expect("open");
                sent.add(v);
            }
            sink.close().await.expect("open");
        });
        others_wait().await;
        assert!(log.entries().is_empty());
        assert_eq!(rx.recv().await, Some(0));
        others_wait().await;
        assert_eq!(log.entries(), [0]);
        assert_eq!((rx.recv().await, rx.recv().await), (Some(1), None));
    }

    /// A sink of a closed channel gives the value back; closing it once more is no error.
    async fn a_sink_of_a_closed_channel() {
        let (tx, _rx) = chan(1);
        let mut sink = tx.sink();
        tx.close();
        yield_now().await;
        assert_eq!(sink.send(7).await, Err(Closed(7)));
        assert_eq!(sink.close().await, Ok(()));
    }

    /// Out as a stream and back in as a channel, nothing is lost and the order is kept.
    async fn a_stream_becomes_a_channel() {
        let ctx = Context::background();
        let doubled = generator(&ctx, 0..5).stream().map(|n| 2 * n);
        let back = from_stream(&ctx, doubled);
        assert_eq!(back.stream().collect::<Vec<_>>().await, [0, 2, 4, 6, 8]);
    }

    /// A stream that has nothing to give is let go when the context ends.
    async fn a_silent_stream_ends_with_the_context() {
        let (ctx, cancel) = Context::background().with_cancel();
        let silent = from_stream(&ctx, stream::iter([1]).chain(stream::pending()));
        assert_eq!(silent.recv().await, Some(1));
        cancel.cancel();
        assert_eq!(silent.recv().await, None);
    }
}

/// What happened, without the lines of the program.
fn events(recording: &Recording) -> Vec<What> {
    recording.events.iter().map(|e| e.what.clone()).collect()
}

sim_only! {
    /// A run with streams and sinks is, event for event, the one with receives and sends.
    fn a_stream_takes_the_same_steps() {
        for seed in 0..SEEDS {
            let plain = run(seed, async {
                let (tx, rx) = chan(0);
                go(async move {
                    for v in 0..3 {
                        tx.send_checked(v).await.expect("open");
                    }
                    yield_now().await;
                    tx.close();
                });
                while rx.recv().await.is_some() {}
            });
            let piped = run(seed, async {
                let (tx, rx) = chan(0);
                go(async move {
                    let mut sink = tx.sink();
                    for v in 0..3 {
                        sink.send(v).await.expect("open");
                    }
                    yield_now().await;
                    tx.close();
                });
                rx.stream().for_each(|_| future::ready(())).await;
            });
            assert_eq!(events(&plain.recording), events(&piped.recording));
            let ours = |e: &fanin::probe::Event| e.place.as_ref().is_some_and(|p| p.file.ends_with("stream.rs"));
            assert!(piped.recording.events.iter().filter(|e| e.step > 0).all(|e| e.place.is_none() || ours(e)));
        }
    }
}
