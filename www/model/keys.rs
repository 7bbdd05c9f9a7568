//! The keyboard: one table for what the keys do and for the help that tells it.

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    Play,
    Forward,
    Back,
    Start,
    End,
    NextMark,
    PreviousMark,
    /// Where the chosen goroutine acts.
    NextOfLane,
    PreviousOfLane,
    NextLane,
    PreviousLane,
    /// The n-th of those that could act next, from 0.
    Pick(usize),
    Cancel,
    Reroll,
    /// From a mistake in the gallery to its repair, and back.
    Partner,
    /// Looks at every interleaving, or stops that.
    Explore,
    /// Draws the whole run, or its steps at their full width.
    Fit,
    Undo,
    Redo,
    Share,
    /// Looks for a program in the gallery.
    Find,
    Help,
    Close,
}

/// The rows of the help: keys, and what they do.
pub const HELP: [(&[&str], &str); 20] = [
    (&["Space"], "Run, pause"),
    (&["→", "."], "Step"),
    (&["←", ","], "Step back"),
    (&["Home", "End"], "To the start, to the end"),
    (&["[", "]"], "Previous, next mark: a close, a cancel, a fault"),
    (&["j", "k"], "Next, previous goroutine"),
    (&["Shift →", "Shift ←"], "Next, previous step of the chosen goroutine"),
    (&["1", "…", "9"], "Let the n-th ready goroutine act next"),
    (&["c"], "Cancel the run here"),
    (&["r"], "Another seed"),
    (&["e"], "Explore every interleaving, stop"),
    (&["z"], "Zoom out to the whole run, or back in"),
    (&["u", "Ctrl Z"], "Undo an edit"),
    (&["Ctrl Y", "Ctrl Shift Z"], "Redo an edit"),
    (&["Alt ↑", "Alt ↓"], "Move a stage (on its card)"),
    (&["Del"], "Remove a stage (on its card)"),
    (&["s"], "Copy the link"),
    (&["b"], "From bug to fix and back (in the gallery)"),
    (&["/"], "Find a program (in the gallery)"),
    (&["?", "Esc"], "Open, close this list"),
];

/// What a key asks for, with or without Ctrl (or Cmd) and Shift.
pub fn command(key: &str, ctrl: bool, shift: bool) -> Option<Command> {
    let command = match (key, ctrl) {
        ("z", true) if !shift => Command::Undo,
        ("z" | "Z" | "y", true) => Command::Redo,
        (_, true) => return None,
        (" ", _) => Command::Play,
        ("ArrowRight", _) if shift => Command::NextOfLane,
        ("ArrowLeft", _) if shift => Command::PreviousOfLane,
        ("ArrowRight" | ".", _) => Command::Forward,
        ("ArrowLeft" | ",", _) => Command::Back,
        ("Home", _) => Command::Start,
        ("End", _) => Command::End,
        ("]", _) => Command::NextMark,
        ("[", _) => Command::PreviousMark,
        ("j", _) => Command::NextLane,
        ("k", _) => Command::PreviousLane,
        ("c", _) => Command::Cancel,
        ("r", _) => Command::Reroll,
        ("b", _) => Command::Partner,
        ("e", _) => Command::Explore,
        ("z", _) => Command::Fit,
        ("u", _) => Command::Undo,
        ("s", _) => Command::Share,
        ("/", _) => Command::Find,
        ("?", _) => Command::Help,
        ("Escape", _) => Command::Close,
        (digit, _) => Command::Pick(digit.parse::<usize>().ok()?.checked_sub(1).filter(|n| *n < 9)?),
    };
    Some(command)
}

/// True for keys that are a single character: these can be switched off.
pub fn is_single(key: &str) -> bool {
    key != " " && key.chars().count() == 1
}
