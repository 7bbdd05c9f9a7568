use fanin::{go, named, output, sync::Mutex};

async fn save(config: &Mutex<()>, value: u32) -> Result<(), &'static str> {
    // By hand, without a guard.
    config.lock_raw().await;
    if value > 100 {
        // The lock is forgotten on this way out.
        return Err("value too large");
    }
    config.unlock();
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
}
