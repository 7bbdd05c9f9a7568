//! Every choice of a run comes from its seed and is recorded: the same run, again.

use fanin::{
    Context, output,
    patterns::{fan_in, generator},
    sim::Config,
};

async fn program() {
    let ctx = Context::background();
    let merged = fan_in(&ctx, [generator(&ctx, ["a1", "a2"]), generator(&ctx, ["b1", "b2"])]);
    while let Some(value) = merged.recv().await {
        output(&value);
    }
}

fn main() {
    for seed in 0..4 {
        let first = Config::new().seed(seed).run(program()).recording;
        println!("seed {seed}: {}, {} choices", first.outputs().join(" "), first.picks.len());

        let picks = first.picks.iter().map(|pick| pick.picked).collect();
        let again = Config::new().replay(picks).run(program()).recording;
        assert_eq!(again.events, first.events);
    }
}
