use std::any::Any;

use fanin::{
    Context, Receiver, output,
    patterns::{map, repeat, take},
};

type Anything = Box<dyn Any + Send>;

// One stage for all pipelines whatever they carry, and a stage at the end that asks what it is.
fn erased(ctx: &Context) -> Receiver<&'static str> {
    let words = map(ctx, repeat(ctx, ["I", "am."]), |word| Box::new(word) as Anything);
    let first: Receiver<Anything> = take(ctx, words, 4);
    map(ctx, first, |any| *any.downcast::<&'static str>().unwrap())
}

// The same stages, made for the type at hand by the compiler: nothing is boxed, and nothing is asked.
fn typed(ctx: &Context) -> Receiver<&'static str> {
    take(ctx, repeat(ctx, ["I", "am."]), 4)
}

pub async fn main() {
    let (ctx, cancel) = Context::background().with_cancel();
    let _cancel = cancel.on_drop();

    for words in [erased(&ctx), typed(&ctx)] {
        let mut message = Vec::new();
        while let Some(word) = words.recv().await {
            message.push(word);
        }
        output(&message.join(" "));
    }
}
