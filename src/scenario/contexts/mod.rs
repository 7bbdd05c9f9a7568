//! Contexts.

use super::Form::Plain;

scenarios! {
    in "contexts";
    p01_request_context {
        id: "p01-request-context",
        rows: ["P01", "P62"],
        form: Plain,
        title: "A request's context handed to background work",
        about: "The handler publishes in the background under the request's context, which ends when the \
                response has been written. Both take ten milliseconds: it is a race, and in some runs the \
                message is lost.",
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
    }
    p47_with_timeout {
        id: "p47-with-timeout",
        rows: ["P47"],
        form: Plain,
        title: "A handler that gives up after 100 ms",
        about: "Statistics that come at 99, 100 and 101 milliseconds. The first is in time, the last is not; \
                in between, the answer and the deadline fall on the same instant, and either can win.",
    }
}
