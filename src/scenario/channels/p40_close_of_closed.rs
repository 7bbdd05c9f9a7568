use fanin::chan;

pub async fn main() {
    let (done, _done_rx) = chan::<()>(0);
    done.close();
    done.close();
}
