//! Any pipeline at all.

use std::time::Duration;

use fanin::pipeline::{Comparison, Ends, Kind, Pipeline, Predicate, Stage};
use proptest::{collection::vec, option, prelude::*, sample::select};

/// Data without regard to limits and structure.
pub fn pipeline() -> impl Strategy<Value = Pipeline> {
    let ends = (option::of(any::<u32>()), option::of(duration()), option::of(duration()));
    (vec(stage(), 0..8), ends).prop_map(|(stages, (outputs, after, timeout))| Pipeline {
        stages,
        ends: Ends { outputs, after, timeout },
    })
}

fn stage() -> impl Strategy<Value = Stage> {
    (kind(), any::<bool>()).prop_map(|(kind, honours_cancel)| Stage { kind, honours_cancel })
}

fn kind() -> impl Strategy<Value = Kind> {
    prop_oneof![
        select(vec![Kind::Square, Kind::Prime, Kind::FanIn, Kind::Tee, Kind::And]),
        any::<(i64, i64)>().prop_map(|(from, to)| Kind::Range { from, to }),
        any::<(i64, i64)>().prop_map(|(low, high)| Kind::Random { low, high }),
        vec(any::<i64>(), 0..4).prop_map(Kind::List),
        vec(any::<i64>(), 0..4).prop_map(Kind::Repeat),
        any::<i64>().prop_map(Kind::Add),
        any::<i64>().prop_map(Kind::Multiply),
        predicate().prop_map(Kind::Filter),
        duration().prop_map(Kind::Ticker),
        (duration(), duration()).prop_map(|(each, jitter)| Kind::Delay { each, jitter }),
        any::<u32>().prop_map(Kind::Fail),
        any::<u32>().prop_map(Kind::Buffer),
        any::<u32>().prop_map(Kind::FanOut),
        any::<u32>().prop_map(Kind::Take),
    ]
}

fn predicate() -> impl Strategy<Value = Predicate> {
    prop_oneof![
        Just(Predicate::Even),
        Just(Predicate::Odd),
        any::<i64>().prop_map(Predicate::Divisible),
        any::<(i64, i64)>().prop_map(|(modulus, remainder)| Predicate::Remainder { modulus, remainder }),
        (select(Comparison::ALL.to_vec()), any::<i64>()).prop_map(|(sign, n)| Predicate::Compare(sign, n)),
    ]
}

fn duration() -> impl Strategy<Value = Duration> {
    let unit = select(vec![1u64, 1_000, 1_000_000, 1_000_000_000]);
    prop_oneof![
        any::<u64>().prop_map(Duration::from_nanos),
        (0u64..5_000, unit).prop_map(|(n, unit)| Duration::from_nanos(n * unit)),
    ]
}
