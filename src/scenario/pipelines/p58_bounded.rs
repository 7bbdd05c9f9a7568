use fanin::{Context, Receiver, chan, go, output, patterns::worker_pool, select};

const WORKERS: usize = 3;

type File = (&'static str, Result<&'static [u8], &'static str>);

const TREE: [File; 5] = [
    ("docs/a.txt", Ok(b"hello")),
    ("docs/b.txt", Ok(b"world")),
    ("docs/old", Err("permission denied")),
    ("src/c.txt", Ok(b"")),
    ("src/d.txt", Ok(b"fanin")),
];

// The paths, and on a channel of its own how the walk ended.
fn walk_files(ctx: &Context) -> (Receiver<File>, Receiver<Result<(), &'static str>>) {
    let done = ctx.done();
    let (files, files_rx) = chan(0);
    let (errors, errors_rx) = chan(1);
    go(async move {
        let _close = files.close_on_drop();
        for file in TREE {
            select! {
                files.send(file) => {},
                _ = done.recv() => return errors.send(Err("walk canceled")).await,
            }
        }
        errors.send(Ok(())).await;
    });
    (files_rx, errors_rx)
}

// FNV-1a.
fn digest(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

pub async fn main() {
    let (ctx, cancel) = Context::background().with_cancel();
    let _cancel = cancel.on_drop();

    let (files, errors) = walk_files(&ctx);
    let digests = worker_pool(&ctx, WORKERS, files, |(path, data)| async move { (path, data.map(digest)) });

    let mut sums = Vec::new();
    while let Some((path, sum)) = digests.recv().await {
        match sum {
            Ok(sum) => sums.push(format!("{sum:016x} {path}")),
            Err(err) => sums.push(format!("{err}: {path}")),
        }
    }
    if let Some(Err(err)) = errors.recv().await {
        output(&err);
    }
    sums.sort();
    sums.iter().for_each(output);
}
