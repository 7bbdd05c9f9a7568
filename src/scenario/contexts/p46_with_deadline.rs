use std::time::Duration;

use fanin::{Context, output, time};

pub async fn main() {
    let start = time::now();
    let (request, _cancel) = Context::background().with_timeout(Duration::from_secs(1));
    // Asks for more time than the request has: the earlier deadline holds.
    let (query, _cancel) = request.with_timeout(Duration::from_secs(60));

    query.done().recv().await;
    output(&query.err().unwrap().to_string());
    output(&format!("after {:?}", time::now().since(start)));
}
