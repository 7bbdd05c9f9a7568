//! The pipeline as calls of [`patterns`].

use std::time::Duration;

use super::{
    item::Item,
    prime::is_prime,
    stage::{Kind, Stage, label},
};
use crate::{Context, Receiver, named, patterns, rt::choose};

/// Starts every stage, and gives the channel at the end. The structure has been checked.
pub(super) fn build(stages: &[Stage], ctx: &Context) -> Receiver<Item> {
    let builder = Builder { stages, ctx };
    builder.section(1, builder.on_card(0, source)).1
}

struct Builder<'a> {
    stages: &'a [Stage],
    ctx: &'a Context,
}

impl Builder<'_> {
    /// The stages from `at` up to the end of the section, and where that is.
    fn section(&self, mut at: usize, mut input: Receiver<Item>) -> (usize, Receiver<Item>) {
        while let Some(stage) = self.stages.get(at) {
            (at, input) = match stage.kind {
                Kind::And | Kind::FanIn => break,
                Kind::FanOut(workers) => {
                    let mut end = at;
                    let outputs = patterns::fan_out(input, workers as usize, |_, input| {
                        let (reached, output) = self.section(at + 1, input);
                        end = reached;
                        output
                    });
                    self.merge(end, outputs)
                }
                Kind::Tee => {
                    let (first, second) = self.on_card(at, |_, ctx| patterns::tee(ctx, input));
                    let (and, first) = self.section(at + 1, first);
                    let (end, second) = self.section(and + 1, second);
                    self.merge(end, vec![first, second])
                }
                _ => (at + 1, self.on_card(at, |kind, ctx| through(kind, ctx, input))),
            };
        }
        (at, input)
    }

    fn merge(&self, at: usize, inputs: Vec<Receiver<Item>>) -> (usize, Receiver<Item>) {
        (at + 1, self.on_card(at, |_, ctx| patterns::fan_in(ctx, inputs)))
    }

    /// Makes a stage, its tasks and channels named after its card, with the context that it honours.
    fn on_card<R>(&self, at: usize, make: impl FnOnce(&Kind, &Context) -> R) -> R {
        let Stage { kind, honours_cancel } = &self.stages[at];
        let ctx = if *honours_cancel { self.ctx.clone() } else { Context::background() };
        named(&label(self.stages, at), || make(kind, &ctx))
    }
}

fn source(kind: &Kind, ctx: &Context) -> Receiver<Item> {
    match kind.clone() {
        Kind::Range { from, to } => patterns::generator(ctx, numbered(from..=to)),
        Kind::List(values) => patterns::generator(ctx, numbered(values)),
        Kind::Repeat(values) => patterns::repeat_with(ctx, each(values.into_iter().cycle())),
        Kind::Random { low, high } => {
            let width = u32::try_from(high - low + 1).expect("checked against the limits");
            let dice = std::iter::repeat_with(move || low + i64::from(choose(width)));
            patterns::repeat_with(ctx, each(dice))
        }
        Kind::Ticker(every) => patterns::ticker(ctx, every, each(1..)),
        _ => unreachable!("only sources are asked for"),
    }
}

/// Numbers the values in the order in which they are sent.
fn numbered<I: IntoIterator<Item = i64>>(values: I) -> impl Iterator<Item = Item> + use<I> {
    (1..).zip(values).map(|(id, value)| Item { id, value })
}

/// The next of an endless row, numbered.
fn each(values: impl Iterator<Item = i64>) -> impl FnMut() -> Item {
    let mut items = numbered(values);
    move || items.next().expect("endless")
}

fn through(kind: &Kind, ctx: &Context, input: Receiver<Item>) -> Receiver<Item> {
    match kind.clone() {
        Kind::Add(n) => patterns::map(ctx, input, on_value(move |value| value.wrapping_add(n))),
        Kind::Multiply(n) => patterns::map(ctx, input, on_value(move |value| value.wrapping_mul(n))),
        Kind::Square => patterns::map(ctx, input, on_value(|value| value.wrapping_mul(value))),
        Kind::Filter(predicate) => patterns::filter(ctx, input, move |item| predicate.holds(item.value)),
        Kind::Prime => patterns::filter(ctx, input, |item| is_prime(item.value)),
        Kind::Delay { each, jitter } => patterns::delay(ctx, input, move |_| shaken(each, jitter)),
        Kind::Fail(at) => {
            let mut seen = 0;
            patterns::then(ctx, input, move |item: Item| {
                seen += 1;
                let fails = seen == at;
                async move {
                    if fails {
                        crate::panic(format!("fail at {at}: {item}")).await;
                    }
                    item
                }
            })
        }
        Kind::Buffer(slots) => patterns::buffer(ctx, input, slots as usize),
        Kind::Take(n) => patterns::take(ctx, input, n as usize),
        _ => unreachable!("sources and markers are built elsewhere"),
    }
}

fn on_value(f: impl Fn(i64) -> i64) -> impl Fn(Item) -> Item {
    move |item| Item { value: f(item.value), ..item }
}

/// The delay, changed by one of five steps from minus to plus the jitter.
fn shaken(each: Duration, jitter: Duration) -> Duration {
    if jitter.is_zero() { each } else { each - jitter + jitter / 2 * choose(5) }
}
