use crate::model::chart::{COLUMNS, Window};
use proptest::prelude::*;

#[test]
fn a_short_run_stands_still() {
    for t in 0..20 {
        assert_eq!(Window::around(t, 20, 30 * COLUMNS[0], false).from, 1);
    }
}

#[test]
fn a_run_that_fits_is_drawn_from_end_to_end_and_no_narrower_than_it_takes() {
    for last in 0..200 {
        let window = Window::around(last, last, 608, true);
        assert_eq!(window.from, 1);
        assert!(window.to() > last + 1, "{last}: {window:?}");
        let wider = COLUMNS.into_iter().rev().find(|column| *column > window.column);
        assert!(wider.is_none_or(|column| 608 / column < last + 2), "{last}: {window:?}");
    }
    assert_eq!(Window::around(9_000, 9_000, 608, true).column, 3, "what does not fit is still to be seen");
}

proptest! {
    #[test]
    fn the_step_that_is_shown_is_in_the_window(t in 1u32..20_000, more in 0u32..20_000, width in 0u32..4_000, fit: bool) {
        let window = Window::around(t, t + more, width, fit);
        prop_assert!(window.holds(t), "{window:?}");
        prop_assert!(window.columns <= 280);
        prop_assert!(window.x(t) < window.width());
        prop_assert_eq!(window.step(window.middle(t)), t);
    }
}
