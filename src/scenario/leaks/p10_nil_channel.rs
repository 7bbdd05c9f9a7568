use fanin::{Receiver, chan, go, output};

fn do_work(strings: Receiver<&'static str>) -> Receiver<()> {
    let (completed, rx) = chan(0);
    go(async move {
        let _completed = completed.close_on_drop();
        while let Some(s) = strings.recv().await {
            // Do something interesting.
            output(&s);
        }
        output(&"worker exited");
    });
    rx
}

pub async fn main() {
    do_work(Receiver::never());
    // Perhaps more work is done here.
    output(&"done");
}
