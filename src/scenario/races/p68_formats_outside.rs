use fanin::{
    named, output,
    sync::{Mutex, shared::Var},
};

struct User {
    mu: Mutex<()>,
    name: Var<&'static str>,
}

impl User {
    async fn text(&self) -> String {
        let _locked = self.mu.lock().await;
        format!("user {}", self.name.get())
    }

    async fn rename(&self, name: &'static str) {
        let _locked = self.mu.lock().await;
        self.name.set(name);
    }
}

pub async fn main() {
    let user = named("user", || User { mu: Mutex::new(()), name: Var::new("Ada") });
    user.rename("Bob").await;
    output(&user.text().await);
}
