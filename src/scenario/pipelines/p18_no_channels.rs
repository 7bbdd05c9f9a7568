use fanin::output;

fn multiply(value: u32, multiplier: u32) -> u32 {
    value * multiplier
}

fn add(value: u32, additive: u32) -> u32 {
    value + additive
}

pub async fn main() {
    for value in [1, 2, 3, 4] {
        output(&multiply(add(multiply(value, 2), 1), 2));
    }
}
