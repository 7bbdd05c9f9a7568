use fanin::{go, named, output, sync::Mutex, time::sleep};
use std::time::Duration;

async fn save(config: &Mutex<()>, value: u32) -> Result<(), &'static str> {
    // Unlocked where the guard goes, on whichever way out.
    let _config = config.lock().await;
    if value > 100 {
        return Err("value too large");
    }
    Ok(())
}

pub async fn main() {
    let config = named("config", || Mutex::new(()));
    output(&save(&config, 500).await.unwrap_err());

    named("reader", || {
        go(async move {
            let _config = config.lock().await;
            output(&"read");
        })
    });
    sleep(Duration::from_secs(1)).await;
}
