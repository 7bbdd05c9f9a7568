use std::time::Duration;

use fanin::{Context, group::Group, output, select, sync::Mutex, time};

async fn fetch(ctx: &Context, id: &'static str) -> Result<String, &'static str> {
    let takes = match id {
        "slow" => 3,
        "lost" => return Err("no such id"),
        _ => 1,
    };
    let answer = time::after(Duration::from_secs(takes));
    select! {
        _ = answer.recv() => Ok(format!("data of {id}")),
        _ = ctx.done().recv() => Err("canceled"),
    }
}

async fn fetch_all(ctx: &Context, ids: &[&'static str]) -> Result<Vec<String>, &'static str> {
    let (group, ctx) = Group::with_context(ctx);
    let results = Mutex::new(vec![String::new(); ids.len()]);
    for (i, id) in ids.iter().copied().enumerate() {
        let (ctx, results) = (ctx.clone(), results.clone());
        group
            .go(async move {
                let data = fetch(&ctx, id).await?;
                // Each has a place of its own, whenever it is done.
                results.lock().await[i] = data;
                Ok(())
            })
            .await;
    }
    group.wait().await?;
    Ok(results.lock().await.clone())
}

pub async fn main() {
    for ids in [["slow", "a", "b"], ["slow", "lost", "b"]] {
        let start = time::now();
        let result = fetch_all(&Context::background(), &ids).await;
        let elapsed = time::now().since(start);
        match result {
            Ok(data) => output(&format!("{} after {elapsed:?}", data.join(", "))),
            Err(err) => output(&format!("{err} after {elapsed:?}")),
        }
    }
}
