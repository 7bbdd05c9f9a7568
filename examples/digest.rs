//! Digests every file of a folder with four workers, however many files there are: `cargo run --example digest src`.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use fanin::{
    Context, Receiver, go,
    patterns::{bounded, confined},
    rt::local,
};
use futures::{StreamExt, future::join};

/// The files below `root`, and what cannot be listed.
fn walk(ctx: &Context, root: PathBuf) -> Receiver<io::Result<PathBuf>> {
    confined(ctx, 0, |files| async move {
        let mut folders = vec![root];
        while let Some(folder) = folders.pop() {
            let entries = match fs::read_dir(&folder) {
                Ok(entries) => entries,
                Err(err) => {
                    files.send(Err(err)).await;
                    continue;
                }
            };
            for entry in entries.flatten() {
                let path = entry.path();
                if path.is_dir() { folders.push(path) } else { files.send(Ok(path)).await }
            }
        }
    })
}

/// FNV-1a.
fn digest(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

fn of_file(path: &Path) -> io::Result<String> {
    Ok(format!("{:016x} {}", digest(&fs::read(path)?), path.display()))
}

fn main() {
    let root = std::env::args().nth(1).unwrap_or_else(|| "examples".into());
    local::run(async move {
        let (ctx, cancel) = Context::background().with_cancel();
        let _cancel = cancel.on_drop();

        let files = walk(&ctx, root.into());
        let (digests, errors) = bounded(&ctx, 4, files, |file| async move { of_file(&file?) });
        let errors = go(async move { errors.stream().collect::<Vec<_>>().await });
        let (mut digests, errors) = join(digests.stream().collect::<Vec<_>>(), errors).await;
        digests.sort();
        digests.iter().for_each(|line| println!("{line}"));
        errors.unwrap().iter().for_each(|err| println!("{err}"));
    });
}
