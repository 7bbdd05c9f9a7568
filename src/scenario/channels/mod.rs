//! Channels and select.

use super::{
    Expected::{Lines, Merged, OneOf},
    Form::{Bug, Fix, Plain},
};

scenarios! {
    in "channels";
    p06_confinement {
        id: "p06-confinement",
        rows: ["P06"],
        form: Plain,
        title: "Lexical confinement",
        about: "The owner makes the channel, writes to it and closes it; all that the consumer gets is the \
                receiving side. No other goroutine can write or close, so no order of steps can go wrong.",
        expects: Lines(&["0", "1", "2", "3", "4", "5", "done receiving"]),
    }
    p14_or_channel {
        id: "p14-or-channel",
        rows: ["P14"],
        form: Plain,
        title: "The or-channel",
        about: "Five signals become one, which closes with the first of them: after one second of virtual \
                time, though the others take up to an hour. Each goroutine of the tree watches three \
                channels and the tree below it; when one ends, all end.",
        expects: Lines(&["done after 1s"]),
    }
    p37_unbuffered {
        id: "p37-unbuffered",
        rows: ["P37"],
        form: Plain,
        title: "An unbuffered channel is a meeting",
        about: "The sender waits until the receiver takes the value from its hand, a second later. Only then \
                does it go on.",
        expects: Lines(&["sending", "receiving", "sent"]),
    }
    p37_alone {
        id: "p37-alone",
        rows: ["P37"],
        form: Plain,
        title: "A meeting with oneself",
        about: "Main sends on an unbuffered channel and would receive afterwards. Nobody else is there to \
                meet: nothing can ever move again, a deadlock, which Go reports and stops.",
    }
    p38_buffered {
        id: "p38-buffered",
        rows: ["P38"],
        form: Plain,
        title: "A buffered channel lets the sender run ahead",
        about: "Two values fit, and the sender goes on without anybody receiving. For the third it waits.",
    }
    p39_directions {
        id: "p39-directions",
        rows: ["P39"],
        form: Plain,
        title: "One direction for each",
        about: "Who makes a channel has both sides, and gives each function the one it needs. The compiler \
                refuses the rest: to receive from the sending side, to send on the receiving side, and to \
                close it.",
        expects: Lines(&["hello ada", "hello bob"]),
    }
    p40_close {
        id: "p40-close",
        rows: ["P40"],
        form: Plain,
        title: "Closed, and drained",
        about: "A close does not throw away what was sent: the receiver gets both values, and then sees that \
                the channel is closed.",
        expects: Lines(&["1", "2", "closed"]),
    }
    p40_send_on_closed {
        id: "p40-send-on-closed",
        rows: ["P40"],
        form: Plain,
        title: "Send on a closed channel",
        about: "One goroutine closes the channel on which another is still to send. If the close comes \
                first, the send panics; if the value is received first, all goes well. It depends on the \
                schedule.",
    }
    p40_close_of_closed {
        id: "p40-close-of-closed",
        rows: ["P40"],
        form: Plain,
        title: "Close of a closed channel",
        about: "A channel is closed once. The second close panics.",
    }
    p41_select {
        id: "p41-select",
        rows: ["P41"],
        form: Plain,
        title: "Select picks at random",
        about: "Two channels hold a value each, so both cases are ready. Neither comes first for being \
                written first: over many seeds each is taken about half the time.",
        expects: OneOf(&[Lines(&["1"]), Lines(&["2"])]),
    }
    p42_broadcast {
        id: "p42-broadcast",
        rows: ["P42"],
        form: Plain,
        title: "Close tells everybody",
        about: "A send reaches one receiver, a close reaches all. Three goroutines wait on one channel, and \
                go on together when it is closed; in which order is open.",
    }
    p54_channel_size {
        id: "p54-channel-size",
        rows: ["P54"],
        form: Plain,
        title: "Channel size: zero, one, or a reason",
        about: "A producer twice as fast as its consumer. A larger channel does not help, it only puts off \
                the moment when the producer has to wait.",
        expects: Lines(&[
            "size 0: waits at value 2",
            "size 1: waits at value 4",
            "size 5: waits at value 12",
        ]),
    }
    p59_disconnect_overtakes {
        id: "p59-disconnect-overtakes",
        rows: ["P59"],
        form: Bug { fix: "p59-drain-first" },
        title: "A disconnect overtakes messages",
        about: "Three messages are sent, then a disconnect on a channel of its own. When the receiver finds \
                both ready it picks at random, and in some runs it leaves with messages still in the queue.",
    }
    p59_drain_first {
        id: "p59-drain-first",
        rows: ["P59"],
        form: Fix { bug: "p59-disconnect-overtakes" },
        title: "Drained before leaving",
        about: "After the disconnect the receiver takes what is still in the queue, and no message is lost \
                in any run.",
        expects: Lines(&["1", "2", "3", "disconnected"]),
    }
    p60_nil_removes_case {
        id: "p60-nil-removes-case",
        rows: ["P60"],
        form: Plain,
        title: "A nil channel switches a case off",
        about: "A merge of two streams in one select. A closed channel is always ready and would spin; set \
                to nil, its case is never taken again, and the loop ends when both are.",
        expects: Merged(&[&["1", "2"], &["10", "20", "30"]]),
    }
}
