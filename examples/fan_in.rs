//! Three workers on one slow stage: a third of the time, and the order is anybody's.

use std::time::Duration;

use fanin::{
    Context,
    patterns::{delay, fan_in, fan_out, generator},
    sim::Config,
    time,
};

fn main() {
    for seed in 0..4 {
        let run = Config::new().seed(seed).run(async {
            let (ctx, start) = (Context::background(), time::now());
            let slow = |_, input| delay(&ctx, input, |_| Duration::from_secs(1));
            let results = fan_in(&ctx, fan_out(generator(&ctx, 1..=6), 3, slow));

            let mut seen = Vec::new();
            while let Some(n) = results.recv().await {
                seen.push(n);
            }
            (seen, time::now().since(start))
        });
        println!("seed {seed}: {:?}", run.value.unwrap());
    }
}
