use std::time::Duration;

use fanin::{Context, output, time};

pub async fn main() {
    let start = time::now();
    let (request, cancel) = Context::background().with_timeout(Duration::from_secs(1));
    let _cancel = cancel.on_drop();
    // Asks for more time than the request has: the earlier deadline holds.
    let (query, cancel) = request.with_timeout(Duration::from_secs(60));
    let _cancel = cancel.on_drop();

    query.done().recv().await;
    output(&query.err().unwrap().to_string());
    output(&format!("after {:?}", time::now().since(start)));
}
