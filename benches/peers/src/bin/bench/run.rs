//! Running the contenders of a row.

use crate::{contender::Contender, figures::Figures, row::Row};
use std::{
    io,
    path::Path,
    process::{Child, Stdio},
    thread,
    time::{Duration, Instant},
};

/// Who takes longer does not finish: some lose a wake-up or a value.
const LIMIT: Duration = Duration::from_secs(20);

/// How a run ended.
enum Ended {
    Figure(f64),
    NotExpressible,
    Failed(&'static str),
}

/// Every contender once a round, so that a slow minute hits all. Who fails is not asked again; who cannot express the
/// row is left out.
pub fn side_by_side(
    dir: &Path,
    row: &Row,
    contenders: &[Contender],
    rounds: usize,
) -> io::Result<Vec<Figures>> {
    let mut all: Vec<_> = contenders.iter().map(|c| Figures::of(*c)).collect();
    for _ in 0..rounds {
        let mut expressible = Vec::new();
        for mut figures in all {
            if figures.failed.is_none() {
                match run(dir, row, &figures.contender)? {
                    Ended::Figure(figure) => figures.runs.push(figure),
                    Ended::NotExpressible => continue,
                    Ended::Failed(why) => figures.failed = Some(why),
                }
            }
            expressible.push(figures);
        }
        all = expressible;
    }
    Ok(all)
}

fn run(dir: &Path, row: &Row, contender: &Contender) -> io::Result<Ended> {
    let mut command = contender.command(dir, row);
    let mut child =
        command.env("RUST_BACKTRACE", "0").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    if !ends_in_time(&mut child)? {
        child.kill()?;
        child.wait()?;
        return Ok(Ended::Failed("does not finish"));
    }
    let output = child.wait_with_output()?;
    if !output.status.success() {
        let errors = String::from_utf8_lossy(&output.stderr);
        let first: Vec<_> = errors.trim().lines().take(2).collect();
        eprintln!("  {}: {}", contender.name(), first.join(" "));
        return Ok(Ended::Failed("fails"));
    }
    let text = String::from_utf8_lossy(&output.stdout);
    Ok(match text.trim() {
        "not expressible" => Ended::NotExpressible,
        figure => Ended::Figure(figure.parse().map_err(io::Error::other)?),
    })
}

/// Whether it ends before the limit; it prints too little to fill the pipe.
#[allow(clippy::disallowed_methods, reason = "a benchmark reads the real clock")]
fn ends_in_time(child: &mut Child) -> io::Result<bool> {
    let start = Instant::now();
    while start.elapsed() < LIMIT {
        if child.try_wait()?.is_some() {
            return Ok(true);
        }
        thread::sleep(Duration::from_millis(10));
    }
    Ok(false)
}
