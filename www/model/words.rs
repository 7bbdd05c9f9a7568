//! Numbers and lists in sentences, and words in texts.

use fanin::detect::Kind;

/// A number of things: "1 step", "39,698 steps".
pub fn plural(n: u64, word: &str) -> String {
    format!("{} {word}{}", grouped(n), if n == 1 { "" } else { "s" })
}

/// How many there are of each kind, in the order of their first: "2 leaks, 1 data race".
pub fn counted(kinds: impl Iterator<Item = Kind>) -> String {
    let mut counts: Vec<(Kind, u64)> = Vec::new();
    for kind in kinds {
        match counts.iter_mut().find(|(k, _)| *k == kind) {
            Some((_, n)) => *n += 1,
            None => counts.push((kind, 1)),
        }
    }
    counts.iter().map(|(kind, n)| plural(*n, kind.word())).collect::<Vec<_>>().join(", ")
}

/// The outputs of a run, in one line.
pub fn listed(outputs: &[String]) -> String {
    if outputs.is_empty() { "nothing".into() } else { outputs.join(", ") }
}

/// The text as a sentence: "Main returned."
pub fn sentence(text: &str) -> String {
    let stop = if text.ends_with(['.', '!', '?']) { "" } else { "." };
    upper(text) + stop
}

/// The text with a capital at its front.
pub fn upper(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// True if `wanted` stands at the beginning of a word of the text, in whatever case: "group" does so in `sync.WaitGroup`.
pub fn has_word(text: &str, wanted: &str) -> bool {
    let (text, wanted) = (text.as_bytes(), wanted.as_bytes());
    let begins = |at: usize| match text[..at].last() {
        Some(before) if text[at].is_ascii_uppercase() => !before.is_ascii_uppercase(),
        Some(before) => !before.is_ascii_alphanumeric(),
        None => true,
    };
    let found = |(at, part): (usize, &[u8])| part.eq_ignore_ascii_case(wanted) && begins(at);
    !wanted.is_empty() && text.windows(wanted.len()).enumerate().any(found)
}

/// A number with its thousands apart.
pub fn grouped(n: u64) -> String {
    if n < 1_000 { n.to_string() } else { format!("{},{:03}", grouped(n / 1_000), n % 1_000) }
}
