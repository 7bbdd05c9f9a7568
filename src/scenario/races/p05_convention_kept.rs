use fanin::{Sender, chan, go, named, output, sync::shared::Slice};

// By convention only this one touches the data.
async fn loop_data(data: Slice<i32>, numbers: Sender<i32>) {
    let _close = numbers.close_on_drop();
    for i in 0..data.len() {
        numbers.send(data.get(i)).await;
    }
}

pub async fn main() {
    let data = named("data", || Slice::of([1, 2, 3, 4]));
    let (tx, numbers) = chan(0);
    go(loop_data(data.clone(), tx));
    while let Some(number) = numbers.recv().await {
        output(&number);
    }
}
