use crate::model::chart::{COLUMN, Window};
use proptest::prelude::*;

#[test]
fn a_short_run_stands_still() {
    for t in 0..20 {
        assert_eq!(Window::around(t, 20, 30 * COLUMN).from, 1);
    }
}

proptest! {
    #[test]
    fn the_step_that_is_shown_is_in_the_window(t in 1u32..20_000, more in 0u32..20_000, width in 0u32..4_000) {
        let window = Window::around(t, t + more, width);
        prop_assert!(window.holds(t), "{window:?}");
        prop_assert!(window.columns <= 120);
        prop_assert!(window.x(t) < window.width());
    }
}
