//! A context that ends for a cause, and what is started by its end.

use std::time::Duration;

use fanin::{Context, time};

fn main() {
    fanin::sim::run(async {
        let (server, stop) = Context::background().with_cancel_cause();
        let (request, _cancel) = server.with_value("id", 7).with_timeout(Duration::from_secs(5));
        let seen = request.clone();
        let after = request.after_func(async move {
            println!("request {}: {}", seen.value::<_, i32>(&"id").unwrap(), seen.cause().unwrap());
        });
        println!("{request}");

        time::sleep(Duration::from_secs(1)).await;
        stop.cancel("the server is going down");
        time::sleep(Duration::from_secs(1)).await;
        println!("could it still be stopped? {}", after.stop());
    });
}
