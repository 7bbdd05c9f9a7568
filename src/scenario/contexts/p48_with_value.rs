use fanin::{Context, WaitGroup, output};

// A type of its own for the key, so that nobody else's key is ever equal to it.
#[derive(PartialEq)]
struct RequestId;

async fn handle(ctx: Context) {
    query(&ctx).await;
}

// Two calls down, without the id in any signature between.
async fn query(ctx: &Context) {
    let id: &u32 = ctx.value(&RequestId).unwrap();
    output(&format!("query of request {id}"));
}

pub async fn main() {
    let wg = WaitGroup::new();
    for id in [17, 18_u32] {
        let ctx = Context::background().with_value(RequestId, id);
        wg.go(handle(ctx));
    }
    wg.wait().await;
}
