//! Which word was meant.

/// The word of `known` that `typed` is most likely a slip of.
pub(super) fn closest<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let typed: Vec<char> = typed.to_lowercase().replace('_', "-").chars().take(24).collect();
    let slips = |word: &str| distance(&typed, &word.chars().collect::<Vec<_>>());
    let allowed = typed.len().div_ceil(3) as u32;
    known
        .into_iter()
        .map(|word| (if begins(word, &typed) { 1 } else { slips(word) }, word))
        .filter(|(slips, _)| *slips <= allowed)
        .min_by_key(|(slips, _)| *slips)
        .map(|(_, word)| word)
}

fn begins(word: &str, typed: &[char]) -> bool {
    typed.len() >= 3 && word.chars().take(typed.len()).eq(typed.iter().copied())
}

/// How many insertions, deletions, changes and swaps of neighbours lead from `a` to `b`.
fn distance(a: &[char], b: &[char]) -> u32 {
    let mut rows = vec![(0..=b.len() as u32).collect::<Vec<_>>()];
    for i in 1..=a.len() {
        let mut row = vec![i as u32];
        for j in 1..=b.len() {
            let changed = rows[i - 1][j - 1] + u32::from(a[i - 1] != b[j - 1]);
            let mut best = changed.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::closest;

    const KNOWN: [&str; 5] = ["fan-out", "fan-in", "square", "multiply", "take"];

    #[test]
    fn finds_slips() {
        for (typed, meant) in [
            ("fanin", "fan-in"),
            ("fan_in", "fan-in"),
            ("FAN-IM", "fan-in"),
            ("sqaure", "square"),
            ("mul", "multiply"),
            ("tkae", "take"),
        ] {
            assert_eq!(closest(typed, KNOWN), Some(meant), "{typed}");
        }
    }

    #[test]
    fn does_not_guess_wildly() {
        for typed in ["x", "zebra", "", "日本語", "divide"] {
            assert_eq!(closest(typed, KNOWN), None, "{typed}");
        }
    }
}
