//! Istio: a source of configuration is stopped by closing its channel, which is a field.
//!
//! The field is then set to nil. The listener reads it before it receives: a data race, and if it comes
//! late it waits on a nil channel. The repair leaves the field alone.

use fanin::{Receiver, Sender, chan, go, sync::shared::Var};

type Field = Var<Receiver<()>>;

fn source() -> (Sender<()>, Field) {
    let (close, done) = chan::<()>(0);
    let field = Var::new(done);
    let own = field.clone();
    go(async move { own.get().recv().await });
    (close, field)
}

pub async fn buggy() {
    let (close, done) = source();
    go(async move {
        close.close();
        done.set(Receiver::never());
    });
}

pub async fn repaired() {
    let (close, _done) = source();
    go(async move { close.close() });
}
