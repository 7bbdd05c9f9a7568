use fanin::{Receiver, Sender, chan, go, output};

// Can only send: `names.recv()` does not compile.
async fn produce(names: Sender<&'static str>) {
    for name in ["ada", "bob"] {
        names.send(name).await;
    }
    names.close();
}

// Can only receive: neither `names.send("x")` nor `names.close()` compiles.
async fn consume(names: Receiver<&'static str>) {
    while let Some(name) = names.recv().await {
        output(&format!("hello {name}"));
    }
}

pub async fn main() {
    let (names, names_rx) = chan(0);
    go(produce(names));
    consume(names_rx).await;
}
