use crate::model::editor::{Edit, Editor};
use fanin::pipeline::{Kind, Pipeline};
use proptest::prelude::*;

fn editor() -> Editor {
    Editor::new(Pipeline::parse("range 1..9 | square | take 3").unwrap())
}

#[test]
fn cards_and_text_say_the_same() {
    let mut e = editor();
    e.edit(Edit::Insert(2, Kind::Add(4)));
    e.edit(Edit::HonourCancel(1, false));
    e.edit(Edit::Rewrite(0, "range 1..5".into()));
    e.edit(Edit::Move { from: 2, to: 1 });
    e.edit(Edit::Ends("timeout 1s".into()));
    assert_eq!(e.text, "range 1..5 | add 4 | square no-cancel | take 3 ; timeout 1s");
    assert_eq!(e.draft.to_string(), e.text);
    e.type_text("range 1..9 | take 2".into());
    assert_eq!(e.draft.stages.len(), 2);
}

#[test]
fn a_wrong_text_leaves_the_last_good_pipeline() {
    let mut e = editor();
    let before = e.good.clone();
    e.type_text("range 1..9 | sqare | take 3".into());
    assert_eq!((&e.good, e.in_step), (&before, false));
    assert_eq!(e.diagnostics[0].span, 13..18);
    e.type_text("range 1..9 | square | take 4".into());
    assert!(e.diagnostics.is_empty() && e.in_step && e.good != before);
}

#[test]
fn cards_may_stand_wrong_for_a_while() {
    let mut e = editor();
    let before = e.good.clone();
    e.edit(Edit::Insert(1, Kind::FanOut(3)));
    assert_eq!(e.diagnostics[0].stage, Some(1));
    assert_eq!((e.draft.stages.len(), &e.good), (4, &before));
    e.edit(Edit::Insert(3, Kind::FanIn));
    assert_eq!(e.good.to_string(), "range 1..9 | fan-out 3 | square | fan-in | take 3");
}

#[test]
fn a_wrong_value_on_one_card_outlives_the_edits_of_the_others() {
    let mut e = editor();
    let before = e.good.clone();
    e.edit(Edit::Rewrite(2, "take ".into()));
    e.edit(Edit::Ends("cancel after soon".into()));
    e.edit(Edit::HonourCancel(0, false));
    e.edit(Edit::Insert(1, Kind::Add(4)));
    e.edit(Edit::Move { from: 1, to: 0 });
    e.edit(Edit::Remove(0));
    assert_eq!(e.text, "range 1..9 no-cancel | square | take ; cancel after soon");
    assert_eq!((e.diagnostics.len(), &e.good, e.in_step), (2, &before, true));
    e.edit(Edit::HonourCancel(0, true));
    e.edit(Edit::Ends(String::new()));
    e.edit(Edit::Rewrite(2, "take 3".into()));
    assert_eq!((e.text.as_str(), &e.good), ("range 1..9 | square | take 3", &before));
}

#[test]
fn what_no_card_shows_stays_in_the_text() {
    let mut e = editor();
    e.type_text("range 1..9 ; cancel after 3 outputs ; stop it".into());
    e.edit(Edit::Ends("timeout 1s".into()));
    assert_eq!(e.text, "range 1..9 ; timeout 1s ; stop it");
}

#[test]
fn a_text_that_is_too_long_leaves_the_cards() {
    let mut e = editor();
    e.type_text("range 1..9 | ".repeat(1_000));
    assert_eq!((e.parts().0.len(), e.draft.stages.len(), e.in_step), (3, 3, false));
}

#[test]
fn typing_is_undone_as_one() {
    let mut e = editor();
    for text in ["range 1..9", "range 1..98", "range 1..987"] {
        e.type_text(text.into());
    }
    e.undo();
    assert_eq!(e.text, "range 1..9 | square | take 3");
    e.redo();
    assert_eq!(e.good.to_string(), "range 1..987");
}

fn edits() -> impl Strategy<Value = Edit> {
    let kind = proptest::sample::select(Kind::all().to_vec());
    prop_oneof![
        (0..9usize, kind).prop_map(|(at, kind)| Edit::Insert(at, kind)),
        (0..9usize).prop_map(Edit::Remove),
        (0..9usize, 0..9usize).prop_map(|(from, to)| Edit::Move { from, to }),
        (0..9usize, any::<bool>()).prop_map(|(at, on)| Edit::HonourCancel(at, on)),
        (0..9usize, "[a-z0-9 .|;~-]{0,12}").prop_map(|(at, text)| Edit::Rewrite(at, text)),
        "[a-z0-9 .|;]{0,20}".prop_map(Edit::Ends),
    ]
}

proptest! {
    #[test]
    fn what_runs_is_always_right_and_undo_goes_all_the_way_back(edits in proptest::collection::vec(edits(), 0..20)) {
        let mut e = editor();
        let first = e.text.clone();
        for edit in edits {
            e.told(&edit);
            let before = e.clone();
            let at = if let Edit::HonourCancel(at, _) = edit { Some(at) } else { None };
            e.edit(edit);
            if let Some(at) = at && before.in_step {
                let of_others = |e: &Editor| {
                    let (stages, ends) = e.parts();
                    let others = stages.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, s)| s.to_string());
                    others.chain([ends.to_owned()]).collect::<Vec<_>>()
                };
                prop_assert_eq!(of_others(&e), of_others(&before));
            }
            prop_assert_eq!(e.parts().0.len(), e.draft.stages.len());
            prop_assert!(e.good.check().is_empty());
            if e.diagnostics.is_empty() {
                prop_assert_eq!(&e.good, &e.draft);
            }
        }
        while e.can_undo() {
            e.undo();
        }
        prop_assert_eq!(e.text, first);
    }
}
