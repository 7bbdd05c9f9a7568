//! What a pipeline puts out, by plain iterators.

use fanin::pipeline::{Item, Kind, Pipeline, Stage};

/// The outputs, and whether their order is certain.
pub fn outputs(pipeline: &Pipeline) -> (Vec<Item>, bool) {
    let values: Vec<i64> = match &pipeline.stages[0].kind {
        Kind::Range { from, to } => (*from..=*to).collect(),
        Kind::List(values) => values.clone(),
        other => panic!("{other} is endless"),
    };
    let items = (1..).zip(values).map(|(id, value)| Item { id, value }).collect();
    let merges = pipeline.stages.iter().any(|stage| stage.kind == Kind::FanIn);
    (section(&pipeline.stages[1..], items).0, !merges)
}

/// Puts `items` through the stages up to the end of the section, and gives what is behind it.
fn section(mut stages: &[Stage], mut items: Vec<Item>) -> (Vec<Item>, &[Stage]) {
    while let Some((stage, rest)) = stages.split_first() {
        (items, stages) = match &stage.kind {
            Kind::FanOut(_) => section(rest, items),
            Kind::Tee => {
                let (first, rest) = section(rest, items.clone());
                let (second, rest) = section(rest, items);
                ([first, second].concat(), rest)
            }
            Kind::And | Kind::FanIn => return (items, rest),
            plain => (items.into_iter().filter_map(|item| through(plain, item)).collect(), rest),
        };
    }
    (items, stages)
}

fn through(kind: &Kind, item: Item) -> Option<Item> {
    let Item { value: v, .. } = item;
    let value = match kind {
        Kind::Add(n) => v.wrapping_add(*n),
        Kind::Multiply(n) => v.wrapping_mul(*n),
        Kind::Square => v.wrapping_mul(v),
        Kind::Filter(predicate) if !predicate.holds(v) => return None,
        Kind::Prime if v < 2 || (2..v).take_while(|d| d * d <= v).any(|d| v % d == 0) => return None,
        _ => v,
    };
    Some(Item { value, ..item })
}
