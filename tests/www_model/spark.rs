use crate::model::spark::{COLUMNS, counts, outline};
use proptest::prelude::*;

#[test]
fn each_step_of_a_short_run_has_its_count() {
    let goroutines = [(0, None), (2, Some(4)), (3, Some(3))];
    assert_eq!(counts(goroutines.into_iter(), 6), [1, 1, 2, 3, 2, 1, 1]);
    assert_eq!(counts([].into_iter(), 0), [0, 0]);
}

#[test]
fn the_outline_is_drawn_from_the_ground_to_the_peak_and_back() {
    assert_eq!(outline(&[1, 1, 3, 0], 3), "M0 3H0V2H2V0H3V3H4V3z");
}

proptest! {
    #[test]
    fn a_long_run_has_no_more_columns_and_loses_nobody(
        spans in proptest::collection::vec((0u32..20_000, proptest::option::of(0u32..9_000)), 0..40),
    ) {
        let last = 30_000;
        let spans: Vec<_> = spans.into_iter().map(|(first, for_)| (first, for_.map(|n| first + n))).collect();
        let counts = counts(spans.iter().copied(), last);
        prop_assert_eq!(counts.len() as u32, COLUMNS + 1);
        let living = spans.iter().filter(|(_, end)| end.is_none()).count();
        prop_assert_eq!(*counts.last().unwrap() as usize, living);
        prop_assert!(counts.iter().sum::<u32>() as usize >= spans.len());
    }
}
