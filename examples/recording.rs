//! A run as a file: written, read again, judged, shown to a trace viewer, and asked what its goroutines were at.
//!
//! `cargo run --example recording` leaves two files in the system's folder for temporary ones.

use fanin::{
    chan, detect, go, named,
    sim::{Config, Recording},
};
use std::{env, error::Error, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let run = Config::new().seed(7).run(async {
        let (results, first) = named("results", || chan(0));
        for n in 0..3 {
            let results = results.clone();
            named("search", || go(async move { results.send(n).await }));
        }
        first.recv().await // and who takes the others?
    });

    let file = env::temp_dir().join("fanin-recording.json");
    fs::write(&file, run.recording.to_json())?;
    let recording = Recording::from_json(&fs::read_to_string(&file)?)?;
    assert_eq!(recording, run.recording);
    for finding in detect::findings(&recording.events) {
        println!("{}: {}", finding.kind.word(), finding.message);
    }

    println!("\n{}", recording.dump(recording.steps()));

    let trace = env::temp_dir().join("fanin-trace.json");
    fs::write(&trace, recording.to_chrome_trace())?;
    println!("\nOpen {} in https://ui.perfetto.dev", trace.display());
    Ok(())
}
