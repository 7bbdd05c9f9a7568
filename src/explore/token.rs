//! Replay tokens: a schedule as a short text.
//!
//! `2-CHOICES-KINDS-SUM-RUN`: the version, `2e` if timers fire early; one digit of base 36 for each choice, larger ones as `_57_`; what was
//! chosen by each, a letter for an operation or the number of possibilities; a checksum of these; and the
//! fingerprint of the run that they led to.

use crate::{
    probe::{Event, Op, TaskId, What},
    sim::{Choice, Recording},
};
use std::{
    collections::BTreeMap,
    fmt::{self, Write},
    str::FromStr,
};

/// A schedule that can be written down and replayed; see [`Explorer::replay`](super::Explorer::replay).
///
/// URL-safe; the same natively and in the browser.
///
/// ```
/// use fanin::explore::Token;
/// let token: Token = "2-02-SR-479f-00000000".parse()?;
/// assert_eq!(token.choices(), [0, 2]);
/// assert_eq!(token.to_string(), "2-02-SR-479f-00000000");
/// assert!("2-03-SR-479f-00000000".parse::<Token>().is_err());
/// # Ok::<_, fanin::explore::TokenError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    choices: Vec<u32>,
    kinds: String,
    run: u32,
    early_timers: bool,
}

impl Token {
    /// The schedule of a run.
    pub(super) fn of(recording: &Recording, early_timers: bool) -> Self {
        Self {
            choices: recording.picks.iter().map(|pick| pick.picked).collect(),
            kinds: kinds(recording),
            run: fingerprint(&recording.events),
            early_timers,
        }
    }

    /// The choices, as [`Config::replay`](crate::sim::Config::replay) takes them: but for a run that goes on after a
    /// panic, or in which a task polls in vain until time passes. These [`Explorer::replay`](super::Explorer::replay)
    /// repeats.
    ///
    /// ```
    /// use fanin::{explore::Explorer, go, output, sim::Config};
    /// let program = || async { go(async { output(&"a") }); output(&"b") };
    /// let outcome = Explorer::new().run(program).outcomes.remove(0);
    /// let run = Config::new().replay(outcome.token.choices().to_vec()).run(program());
    /// assert_eq!(run.recording.outputs(), outcome.outputs);
    /// ```
    pub fn choices(&self) -> &[u32] {
        &self.choices
    }

    /// Whether timers fire early in its run, as [`Config::early_timers`](crate::sim::Config::early_timers) lets
    /// them.
    ///
    /// ```
    /// use fanin::explore::Explorer;
    /// let outcome = Explorer::new().early_timers().run(|| async {}).outcomes.remove(0);
    /// assert!(outcome.token.early_timers());
    /// ```
    pub fn early_timers(&self) -> bool {
        self.early_timers
    }

    /// Whether a run that took the token's choices is the one that the token was made from.
    ///
    /// # Errors
    ///
    /// [`TokenError::Diverged`], with the step, if other operations were done; [`TokenError::OtherProgram`] if only their
    /// objects and values are others.
    ///
    /// ```
    /// use fanin::{explore::Explorer, output, sim::Config};
    /// let token = Explorer::new().run(|| async { output(&"a") }).outcomes.remove(0).token;
    /// let replay = |what: &'static str| Config::new().replay(token.choices().to_vec()).run(async move { output(&what) });
    /// assert!(token.check(&replay("a").recording).is_ok());
    /// assert!(token.check(&replay("b").recording).is_err());
    /// ```
    pub fn check(&self, replayed: &Recording) -> Result<(), TokenError> {
        let again = Self::of(replayed, self.early_timers);
        let (mut then, mut now) = (self.kinds.chars(), again.kinds.chars());
        for i in 0.. {
            let (was, is) = (then.next(), now.next());
            if was != is {
                let step = replayed.picks.get(i).map_or(replayed.steps(), |pick| pick.step);
                return Err(TokenError::Diverged { step, expected: meaning(was), found: meaning(is) });
            }
            if was.is_none() {
                break;
            }
        }
        if self == &again { Ok(()) } else { Err(TokenError::OtherProgram) }
    }

    fn digits(&self) -> String {
        let digit = |&c: &u32| match char::from_digit(c, 36) {
            Some(digit) if c < 36 => digit.to_string(),
            _ => format!("_{c}_"),
        };
        self.choices.iter().map(digit).collect()
    }
}

/// What each choice of a run was for.
fn kinds(recording: &Recording) -> String {
    let mut next: BTreeMap<TaskId, &Op> = BTreeMap::new();
    let mut events = recording.events.as_slice();
    let mut kinds = String::new();
    for pick in &recording.picks {
        let earlier = events.partition_point(|e| e.step < pick.step);
        for e in &events[..earlier] {
            if let What::Next { op } = &e.what {
                next.insert(e.task, op);
            }
        }
        events = &events[earlier..];
        let first = events.iter().find(|e| !matches!(e.what, What::Advance { .. }));
        kinds.push(match (pick.choice, first) {
            (Choice::Among, _) => char::from_digit(pick.of.min(35), 36).unwrap_or('z'),
            (Choice::Next, Some(e)) if e.step == pick.step => match &e.what {
                What::Fire => 'T',
                What::Start => 'B',
                _ => next.get(&e.task).map_or('G', |op| letter(op)),
            },
            (Choice::Next, _) => 'G',
        });
    }
    kinds
}

fn letter(op: &Op) -> char {
    match op {
        Op::Send { .. } => 'S',
        Op::Recv { .. } => 'R',
        Op::Close { .. } => 'C',
        Op::Select { .. } => 'X',
        Op::Yield => 'Y',
        Op::Sleep { .. } => 'Z',
        Op::Join { .. } => 'J',
        Op::Add { .. } => 'A',
        Op::Wait { .. } => 'W',
        Op::Cancel { .. } => 'K',
        Op::Lock { .. } => 'L',
        Op::TryLock { .. } => 'M',
        Op::Unlock { .. } => 'U',
        Op::CondWait { .. } => 'D',
        Op::Signal { .. } => 'N',
        Op::Acquire { .. } => 'Q',
        Op::TryAcquire { .. } => 'P',
        Op::Release { .. } => 'V',
        Op::Access { .. } => 'O',
        Op::Idle => 'I',
        Op::Panic => 'F',
    }
}

fn meaning(kind: Option<char>) -> &'static str {
    match kind {
        None => "the run ends",
        Some('B') => "a task begins",
        Some('G') => "a task goes on",
        Some('T') => "a timer fires",
        Some('S') => "a task sends",
        Some('R') => "a task receives",
        Some('C') => "a task closes a channel",
        Some('X') => "a task selects",
        Some('Y') => "a task yields",
        Some('I') => "a task waits until no other can move",
        Some('Z') => "a task sleeps",
        Some('J') => "a task waits for another's end",
        Some('A') => "a task adds to a wait group",
        Some('W') => "a task waits for a wait group",
        Some('K') => "a task cancels a context",
        Some('L') => "a task locks",
        Some('M') => "a task tries to lock",
        Some('U') => "a task unlocks",
        Some('D') => "a task waits for a signal",
        Some('N') => "a task signals",
        Some('Q') => "a task takes units",
        Some('P') => "a task tries to take units",
        Some('V') => "a task gives units back",
        Some('O') => "a task touches a shared value",
        Some('F') => "a task panics",
        Some(_) => "a choice is made among another number of possibilities",
    }
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (digits, kinds) = (self.digits(), &self.kinds);
        let early = if self.early_timers { "e" } else { "" };
        write!(f, "2{early}-{digits}-{kinds}-{:04x}-{:08x}", sum(&digits, kinds), self.run)
    }
}

/// Why a token cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TokenError {
    /// It is not of the form of a token.
    Malformed,
    /// It was made by another version of this crate.
    Version(String),
    /// A character of it was changed or lost.
    Checksum,
    /// It belongs to another program or version of it, or to other settings: the runs part in this step.
    Diverged {
        /// The step.
        step: u32,
        /// What happens there in the run of the token.
        expected: &'static str,
        /// What happens there in this one.
        found: &'static str,
    },
    /// It belongs to another program: the operations are the same, and not their objects or values.
    OtherProgram,
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed => f.write_str("this is no replay token: it should look like 2-0a2-SRX-12ab-89abcdef"),
            Self::Version(v) => write!(f, "this replay token is of version {v}, and only version 2 is known"),
            Self::Checksum => f.write_str("this replay token was changed or cut: its checksum does not match"),
            Self::Diverged { step, expected, found } => write!(
                f,
                "this replay token belongs to another program or version: in step {step}, where {expected} in its run, {found} here"
            ),
            Self::OtherProgram => f.write_str(
                "this replay token belongs to another program: the operations are the same, but not their objects or values",
            ),
        }
    }
}

impl std::error::Error for TokenError {}

impl FromStr for Token {
    type Err = TokenError;

    fn from_str(text: &str) -> Result<Self, TokenError> {
        let parts: Vec<_> = text.trim().split('-').collect();
        if let [version, _, ..] = parts[..] {
            let number = version.strip_suffix('e').unwrap_or(version);
            if number != "2" && number.parse::<u32>().is_ok() {
                return Err(TokenError::Version(number.into()));
            }
        }
        let [version @ ("2" | "2e"), digits, kinds, checksum, run] = parts[..] else {
            return Err(TokenError::Malformed);
        };
        let hex = |text: &str| u32::from_str_radix(text, 16).map_err(|_| TokenError::Malformed);
        if hex(checksum)? != sum(digits, kinds) {
            return Err(TokenError::Checksum);
        }
        let choices = choices(digits).ok_or(TokenError::Malformed)?;
        Ok(Self { choices, kinds: kinds.into(), run: hex(run)?, early_timers: version == "2e" })
    }
}

fn choices(digits: &str) -> Option<Vec<u32>> {
    let mut choices = Vec::new();
    for (i, part) in digits.split('_').enumerate() {
        // Every second part stood between two underscores.
        if i % 2 == 1 {
            choices.push(part.parse().ok()?);
        } else {
            for digit in part.chars() {
                choices.push(digit.to_digit(36)?);
            }
        }
    }
    Some(choices)
}

fn sum(digits: &str, kinds: &str) -> u32 {
    let mut sum = Fnv::default();
    let _infallible = write!(sum, "{digits}-{kinds}");
    sum.0 & 0xffff
}

/// FNV-1a, 32 bits (Fowler, Noll, Vo), of what is written to it.
struct Fnv(u32);

impl Default for Fnv {
    fn default() -> Self {
        Self(0x811c_9dc5)
    }
}

impl Fnv {
    fn take(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u32::from(*byte)).wrapping_mul(0x0100_0193);
        }
    }
}

impl Write for Fnv {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.take(text.as_bytes());
        Ok(())
    }
}

/// A fingerprint of a run: what happened, without the lines of source.
fn fingerprint(events: &[Event]) -> u32 {
    let mut all = Fnv::default();
    for e in events {
        let _infallible = write!(all, "{} {:?}", e.task, e.what);
    }
    all.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_token_are_the_same() {
        for choices in [vec![], vec![0, 1, 35, 36, 1000, 2], vec![7; 50]] {
            for early_timers in [false, true] {
                let (choices, kinds) = (choices.clone(), "BSR2".into());
                let token = Token { choices, kinds, run: 0xdead_beef, early_timers };
                assert_eq!(token.to_string().parse(), Ok(token));
            }
        }
    }

    #[test]
    fn what_is_no_token_is_refused_with_the_reason() {
        let parse = |text: &str| text.parse::<Token>().unwrap_err();
        assert_eq!(parse(""), TokenError::Malformed);
        assert_eq!(parse("1-0-1-2"), TokenError::Version("1".into()));
        assert_eq!(parse("3-0-S-0000-00000000"), TokenError::Version("3".into()));
        assert_eq!(parse("3e-0-S-0000-00000000"), TokenError::Version("3".into()));
        let token = Token { choices: vec![1, 2, 3], kinds: "SRC".into(), run: 9, early_timers: false };
        let mut text = token.to_string();
        text.replace_range(2..3, "4");
        assert_eq!(parse(&text), TokenError::Checksum);
    }
}
