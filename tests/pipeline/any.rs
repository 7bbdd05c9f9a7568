//! Any pipeline at all.

use std::time::Duration;

use fanin::pipeline::{Comparison, Ends, Kind, Pipeline, Predicate, Stage, limits};
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

/// A pipeline that can run, whose source ends by itself and whose stages keep what they were sent.
pub fn finite() -> impl Strategy<Value = Pipeline> {
    let source = prop_oneof![
        (-9i64..9, 0i64..9).prop_map(|(from, more)| Kind::Range { from, to: from + more }),
        vec(-9i64..9, 1..9).prop_map(Kind::List),
    ];
    (source, section(2)).prop_map(|(source, section)| Pipeline {
        stages: [vec![source.into()], section].concat(),
        ends: Ends::default(),
    })
}

/// A pipeline that can run, with any source and any stages deaf to the cancellation, that ends by a `take` or
/// by a number of outputs, if enough come.
pub fn endless() -> impl Strategy<Value = Pipeline> {
    let sources = Kind::all().into_iter().filter(Kind::is_source).collect::<Vec<_>>();
    let deaf = vec(any::<bool>(), limits::STAGES as usize);
    (select(sources), section(2), deaf, 1u32..5, any::<bool>()).prop_map(
        |(source, section, deaf, n, take)| {
            let mut stages = [vec![source.into()], section].concat();
            if take {
                stages.push(Kind::Take(n).into());
            }
            for (stage, deaf) in stages.iter_mut().zip(deaf) {
                stage.honours_cancel = !deaf || !stage.kind.starts_tasks();
            }
            let outputs = (!take).then_some(n);
            Pipeline { stages, ends: Ends { outputs, ..Ends::default() } }
        },
    )
}

fn section(depth: u32) -> BoxedStrategy<Vec<Stage>> {
    vec(block(depth), 0..4).prop_map(|blocks| blocks.concat()).boxed()
}

fn block(depth: u32) -> BoxedStrategy<Vec<Stage>> {
    let ms = Duration::from_millis;
    let plain = select(vec![
        Kind::Add(3),
        Kind::Multiply(-2),
        Kind::Square,
        Kind::Prime,
        Kind::Filter(Predicate::Odd),
        Kind::Filter(Predicate::Compare(Comparison::AtMost, 5)),
        Kind::Delay { each: ms(5), jitter: ms(2) },
        Kind::Buffer(2),
    ])
    .prop_map(|kind| vec![kind.into()]);
    if depth == 0 {
        return plain.boxed();
    }
    let between = |marks: Vec<Kind>, parts: Vec<Vec<Stage>>| {
        let stages = marks.into_iter().zip(parts).flat_map(|(mark, part)| [vec![mark.into()], part].concat());
        stages.chain([Kind::FanIn.into()]).collect::<Vec<Stage>>()
    };
    let fan_out =
        (1u32..4, section(depth - 1)).prop_map(move |(n, a)| between(vec![Kind::FanOut(n)], vec![a]));
    let tee = (section(depth - 1), section(depth - 1))
        .prop_map(move |(a, b)| between(vec![Kind::Tee, Kind::And], vec![a, b]));
    prop_oneof![4 => plain, 1 => fan_out, 1 => tee].boxed()
}
