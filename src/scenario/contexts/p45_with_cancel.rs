use fanin::{Context, WaitGroup, output};

pub async fn main() {
    let (root, cancel_root) = Context::background().with_cancel();
    let (left, cancel_left) = root.with_cancel();
    let (right, cancel_right) = root.with_cancel();
    let (leaf, cancel_leaf) = left.with_cancel();
    let _cancel = (cancel_right.on_drop(), cancel_leaf.on_drop());

    let wg = WaitGroup::new();
    for (name, ctx) in [("root", &root), ("left", &left), ("right", &right), ("leaf", &leaf)] {
        let ctx = ctx.clone();
        wg.go(async move {
            ctx.done().recv().await;
            output(&name);
        });
    }

    // Down the tree, not up: first left and its leaf, then the rest.
    cancel_left.cancel();
    leaf.done().recv().await;
    output(&format!("right canceled: {}", right.err().is_some()));
    cancel_root.cancel();
    wg.wait().await;
}
