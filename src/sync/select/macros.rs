//! The `select!` macro.

/// Waits for the first of several operations that can be done, as Go's `select`.
///
/// A case is `pattern = operation => body` or `operation => body`, where the operation is a
/// [`recv`](crate::Receiver::recv), a [`send`](crate::Sender::send), or anything else that is a
/// [`Case`](crate::sync::Case). An `Option` of one is a case that `None` switches off, as a nil channel
/// does in Go. With `default => body` as its last arm the select never waits.
///
/// Operands are evaluated once, in source order, before any case is tried. Among several ready cases the
/// runtime chooses. A body may use `break`, `continue`, `return`, `?` and `.await`: it stands in the function
/// around it, so `break` leaves the loop around the select (Go's leaves the select).
///
/// # Panics
///
/// With `send on closed channel`, if the chosen send finds its channel closed.
///
/// ```
/// use fanin::{chan, go, select};
/// fanin::sim::run(async {
///     let (tx, rx) = chan(0);
///     let (quit_tx, quit) = chan::<()>(0);
///     go(async move {
///         for i in 0..3 {
///             tx.send(i).await;
///         }
///         quit_tx.close();
///     });
///     let mut sum = 0;
///     loop {
///         select! {
///             i = rx.recv() => sum += i.unwrap_or(0),
///             _ = quit.recv() => break,
///         }
///     }
///     assert_eq!(sum, 3);
/// });
/// ```
#[macro_export]
macro_rules! select {
    // Collect the arms as (pattern) (operation) (body).
    (@arms [$($arms:tt)*] [] default => $body:block $(,)?) => {
        $crate::select!(@run [$($arms)*] [$body])
    };
    (@arms [$($arms:tt)*] [] default => $body:expr $(,)?) => {
        $crate::select!(@run [$($arms)*] [$body])
    };
    (@arms [$($arms:tt)*] [] $p:pat_param = $op:expr => $body:block, $($rest:tt)*) => {
        $crate::select!(@arms [$($arms)* (($p) ($op) ($body))] [] $($rest)*)
    };
    (@arms [$($arms:tt)*] [] $p:pat_param = $op:expr => $body:block $($rest:tt)*) => {
        $crate::select!(@arms [$($arms)* (($p) ($op) ($body))] [] $($rest)*)
    };
    (@arms [$($arms:tt)*] [] $p:pat_param = $op:expr => $body:expr, $($rest:tt)*) => {
        $crate::select!(@arms [$($arms)* (($p) ($op) ($body))] [] $($rest)*)
    };
    (@arms [$($arms:tt)*] [] $p:pat_param = $op:expr => $body:expr) => {
        $crate::select!(@run [$($arms)* (($p) ($op) ($body))] [])
    };
    (@arms [$($arms:tt)*] [] $op:expr => $body:block, $($rest:tt)*) => {
        $crate::select!(@arms [$($arms)* ((_) ($op) ($body))] [] $($rest)*)
    };
    (@arms [$($arms:tt)*] [] $op:expr => $body:block $($rest:tt)*) => {
        $crate::select!(@arms [$($arms)* ((_) ($op) ($body))] [] $($rest)*)
    };
    (@arms [$($arms:tt)*] [] $op:expr => $body:expr, $($rest:tt)*) => {
        $crate::select!(@arms [$($arms)* ((_) ($op) ($body))] [] $($rest)*)
    };
    (@arms [$($arms:tt)*] [] $op:expr => $body:expr) => {
        $crate::select!(@run [$($arms)* ((_) ($op) ($body))] [])
    };
    (@arms [$($arms:tt)*] []) => {
        $crate::select!(@run [$($arms)*] [])
    };

    // Run it. The operations are dropped before a body runs, so that it may use what they borrowed.
    (@run [$((($p:pat_param) ($op:expr) ($body:expr)))*] [$($default:expr)?]) => {{
        let chosen = $crate::sync::select::Select::new(
            $crate::sync::select::cases($crate::select!(@list $(($op))*)),
            $crate::select!(@has $($default)?),
        )
        .await;
        match chosen {
            $crate::sync::select::Chosen::Default => $crate::select!(@default $($default)?),
            $crate::sync::select::Chosen::Case(of) => $crate::select!(@match of $((($p) ($body)))*),
        }
    }};

    (@list) => { $crate::sync::select::End };
    (@list ($op:expr) $($rest:tt)*) => {
        $crate::sync::select::More::new($op, $crate::select!(@list $($rest)*))
    };

    (@has) => { false };
    (@has $default:expr) => { true };
    (@default) => { ::std::unreachable!("a select without a default took it") };
    (@default $default:expr) => { $default };

    (@match $of:ident) => { match $of {} };
    (@match $of:ident (($p:pat_param) ($body:expr)) $($rest:tt)*) => {
        match $of {
            $crate::sync::select::Of::Here(value) => {
                let $p = value;
                $body
            }
            $crate::sync::select::Of::Later(of) => $crate::select!(@match of $($rest)*),
        }
    };

    ($($arms:tt)*) => { $crate::select!(@arms [] [] $($arms)*) };
}
