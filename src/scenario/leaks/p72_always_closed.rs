use fanin::{chan, go, output};

fn load(fails: bool) -> Result<&'static str, &'static str> {
    if fails { Err("no such file") } else { Ok("configuration") }
}

pub async fn main() {
    let (loaded, loaded_rx) = chan(0);
    let _loaded = loaded.close_on_drop();
    go(async move {
        if let Some(config) = loaded_rx.recv().await {
            output(&config);
        }
    });

    match load(true) {
        Ok(config) => loaded.send(config).await,
        Err(err) => output(&err),
    }
}
