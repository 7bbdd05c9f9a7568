//! Contexts.

use super::{
    Expected::{Lines, Merged, OneOf},
    Form::{Bug, Fix, Plain},
};

scenarios! {
    in "contexts";
    p01_request_context {
        id: "p01-request-context",
        rows: ["P01", "P62"],
        form: Bug { fix: "p03-detached-context" },
        title: "A request's context handed to background work",
        about: "The handler publishes in the background under the request's context, which ends when the \
                response has been written. Both take ten milliseconds: it is a race, and in some runs the \
                message is lost.",
    }
    p01_three_ends {
        id: "p01-three-ends",
        rows: ["P01"],
        form: Plain,
        title: "Three ways for a request to end",
        about: "The client closes its connection, resets its HTTP/2 stream, or gets its response: each ends \
                the request's context. In the first two cases it is right that nothing is published; in the \
                third it is chance.",
    }
    p03_detached_context {
        id: "p03-detached-context",
        rows: ["P03"],
        form: Fix { bug: "p01-request-context" },
        title: "A detached context",
        about: "The background work gets the values of the request's context without its cancel and \
                deadline. The message is published in every run, and still knows its request.",
        expects: Merged(&[&["published order 7 of r-42"], &["response written"]]),
    }
    p02_background_context {
        id: "p02-background-context",
        rows: ["P02"],
        form: Plain,
        title: "The background context loses the values",
        about: "With a context that has nothing to do with the request the message is published in every \
                run. But the request's id is gone with the rest.",
        expects: Merged(&[&["published order 7 of r-42"], &["response written"]]),
    }
    p04_four_methods {
        id: "p04-four-methods",
        rows: ["P04"],
        form: Plain,
        title: "The four methods of a context",
        about: "Deadline, done, error and value: of the background context, of one with a value and a \
                timeout, and of the same after its time is up.",
        expects: Lines(&[
            "deadline: false, done: false, err: none, user: nobody",
            "deadline: true, done: false, err: none, user: ann",
            "deadline: true, done: true, err: context deadline exceeded, user: ann",
        ]),
    }
    p45_with_cancel {
        id: "p45-with-cancel",
        rows: ["P45"],
        form: Plain,
        title: "A tree of contexts",
        about: "A cancel reaches the context it belongs to and all below it, and nothing beside or above. \
                First one branch is cancelled, and then the root.",
    }
    p46_with_deadline {
        id: "p46-with-deadline",
        rows: ["P46"],
        form: Plain,
        title: "A deadline is inherited",
        about: "A query asks for a minute under a request that has a second. The earlier deadline holds.",
        expects: Lines(&["context deadline exceeded", "after 1s"]),
    }
    p47_with_timeout {
        id: "p47-with-timeout",
        rows: ["P47"],
        form: Plain,
        title: "A handler that gives up after 100 ms",
        about: "Statistics that come at 99, 100 and 101 milliseconds. The first is in time, the last is not; \
                in between, the answer and the deadline fall on the same instant, and either can win.",
        expects: OneOf(&[
            Lines(&["99 ms: statistics", "100 ms: gave up", "101 ms: gave up"]),
            Lines(&["99 ms: statistics", "100 ms: statistics", "101 ms: gave up"]),
        ]),
    }
    p48_with_value {
        id: "p48-with-value",
        rows: ["P48"],
        form: Plain,
        title: "A request's id, handed down",
        about: "Each request has a context that carries its id, and what is called on its behalf can ask for \
                it. Two requests at the same time do not get mixed up.",
        expects: Merged(&[&["query of request 17"], &["query of request 18"]]),
    }
}
