//! Which part of a recording is drawn, and where.
//!
//! Invariant: what is drawn is bounded by the window's columns and [`ROWS`], however long the recording is.

use super::{lane::Lane, view::View};
use fanin::probe::TaskId;

/// How wide a step may be drawn, the widest first.
pub const COLUMNS: [u32; 8] = [24, 16, 12, 8, 6, 4, 3, 2];
/// The height of a lane.
pub const ROW: u32 = 28;
/// The height of the axis above the lanes.
pub const AXIS: u32 = 24;
/// The most lanes that are drawn at once.
pub const ROWS: usize = 100;
/// The most steps that are.
const STEPS: u32 = 280;

/// The steps that are drawn: `from` is the first, and there are `columns`, each `column` pixels wide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    pub from: u32,
    pub columns: u32,
    pub column: u32,
}

impl Window {
    /// The window around step `t` of `last`, as wide as `width` pixels allow. It begins at the start for as
    /// long as all that is known fits, and then keeps the step at three quarters. To `fit`, a step is drawn as
    /// narrow as it takes.
    pub fn around(t: u32, last: u32, width: u32, fit: bool) -> Self {
        let holds = |column: &u32| last.saturating_add(2) <= width / column;
        let allowed = || COLUMNS.into_iter().take_while(|column| fit && width / column <= STEPS);
        let column = allowed().find(holds).or(allowed().last()).unwrap_or(COLUMNS[0]);
        let columns = (width / column).clamp(8, STEPS);
        let latest = last.saturating_sub(columns.saturating_sub(2));
        let from = t.saturating_sub(columns * 3 / 4).min(latest) + 1;
        Self { from, columns, column }
    }

    /// One past the last step.
    pub fn to(&self) -> u32 {
        self.from + self.columns
    }

    /// Where the column of a step begins. Steps outside lie on the nearer edge.
    pub fn x(&self, step: u32) -> u32 {
        step.clamp(self.from, self.to()).saturating_sub(self.from) * self.column
    }

    /// The middle of a step's column.
    pub fn middle(&self, step: u32) -> u32 {
        self.x(step) + if self.holds(step) { self.column / 2 } else { 0 }
    }

    /// The step whose column holds `x`.
    pub fn step(&self, x: u32) -> u32 {
        self.from + x / self.column
    }

    /// Every how many steps there is room for a number.
    pub fn numbered(&self) -> u32 {
        [5, 10].into_iter().find(|steps| steps * self.column >= 48).unwrap_or(20)
    }

    /// True if there is room for values beside their arrows.
    pub fn has_values(&self) -> bool {
        self.column >= 16
    }

    pub fn holds(&self, step: u32) -> bool {
        (self.from..self.to()).contains(&step)
    }

    pub fn width(&self) -> u32 {
        self.columns * self.column
    }
}

/// The lanes that are drawn: at most [`ROWS`], those that are alive in the window before those that are not.
pub fn rows(view: &View, window: Window, wanted: impl Fn(&Lane) -> bool) -> Vec<&Lane> {
    let alive = |lane: &Lane| !lane.is_ended() || lane.since >= window.from;
    let lanes = || view.lanes.iter().filter(|l| wanted(l));
    let mut room = ROWS.saturating_sub(lanes().filter(|l| alive(l)).count());
    let chosen = lanes().filter(|lane| {
        let fits = alive(lane) || room > 0;
        if fits && !alive(lane) {
            room -= 1;
        }
        fits
    });
    chosen.take(ROWS).collect()
}

/// The row of each goroutine that is drawn.
pub fn row_of(rows: &[&Lane], task: TaskId) -> Option<u32> {
    rows.iter().position(|l| l.task == task).map(|i| i as u32)
}

/// The middle of a row.
pub fn y(row: u32) -> u32 {
    row * ROW + ROW / 2
}
