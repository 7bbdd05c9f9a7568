use fanin::WaitGroup;

pub async fn main() {
    let wg = WaitGroup::new();
    wg.add(1);
    wg.done();
    wg.done();
    wg.wait().await;
}
