//! How many goroutines there are along the time axis.
//!
//! Invariant: what is drawn is bounded by [`COLUMNS`], however long the run is and however many there are.

/// The most columns.
pub const COLUMNS: u32 = 240;

/// How many of these goroutines there are in each column. A goroutine is told by its first step, and its last if it
/// has one; `last` is the last step of the axis.
pub fn counts(goroutines: impl Iterator<Item = (u32, Option<u32>)>, last: u32) -> Vec<u32> {
    let columns = last.clamp(1, COLUMNS);
    let column = |step: u32| (u64::from(step) * u64::from(columns) / u64::from(last.max(1))) as usize;
    let mut changes = vec![0; columns as usize + 2];
    for (first, end) in goroutines {
        changes[column(first)] += 1;
        changes[end.map_or(columns as usize, column) + 1] -= 1;
    }
    changes.pop();
    let mut count = 0i32;
    let counted = changes.into_iter().map(|change| {
        count += change;
        count.unsigned_abs()
    });
    counted.collect()
}

/// The outline of the counts, from left to right, where 0 is at the height of `peak`.
pub fn outline(counts: &[u32], peak: u32) -> String {
    let mut line = format!("M0 {peak}");
    let mut before = 0;
    for (x, count) in counts.iter().enumerate() {
        if *count != before {
            line += &format!("H{x}V{}", peak.saturating_sub(*count));
            before = *count;
        }
    }
    line + &format!("H{}V{peak}z", counts.len())
}
