use crate::model::{
    editor::Edit,
    session::{Action, Page, Session},
    syntax::Language,
};
use fanin::{pipeline::Pipeline, probe::TaskId};

#[test]
fn an_address_is_opened_and_told_again() {
    for address in [
        "#v1",
        "#v1?seed=7&t=40",
        "#v1?p=range+1..6/take+2&cancel=9&t=12",
        "#v1?picks=3.1~5.2&t=6",
        "#v1/gallery",
        "#v1/p10-nil-channel?view=one&t=3",
        "#v1/p10-nil-channel?view=one&code=go&t=3",
        "#v1?embed&fit&t=3",
    ] {
        let session = Session::open(address);
        assert_eq!(session.notice, None);
        assert_eq!(session.link().to_string(), address);
    }
}

#[test]
fn a_wrong_address_changes_nothing_else() {
    let mut session = Session::open("#v1?p=range+1..6/take+2&t=5");
    let before = session.clone();
    for wrong in ["#v1?p=range+1..6/tke+2", "#v2", "#v1/no-such-scenario"] {
        session.apply(Action::Open(wrong.into()));
        let notice = session.notice.take().unwrap();
        assert!(!notice.fragment[notice.error.span.clone()].is_empty(), "{wrong}: {notice:?}");
        assert!(!notice.rest);
        assert_eq!(session, before);
    }
}

#[test]
fn what_is_wrong_beside_the_program_does_not_take_the_program_away() {
    for (wrong, shown) in [
        ("#v1?p=range+1..6/take+2&seed=4&schedule=2-0001-BB", "#v1?p=range+1..6/take+2&seed=4"),
        ("#v1/p10-nil-channel?t=soon&seed=4", "#v1/p10-nil-channel?seed=4"),
    ] {
        let mut later = Session::open("#v1/gallery");
        later.apply(Action::Open(wrong.into()));
        for session in [Session::open(wrong), later] {
            let notice = session.notice.as_ref().unwrap();
            assert!(
                notice.rest && ["2-0001-BB", "soon"].contains(&&notice.fragment[notice.error.span.clone()])
            );
            assert_eq!((session.link().to_string(), session.editor.typing), (shown.to_owned(), false));
        }
    }
}

#[test]
fn the_notice_of_a_wrong_address_goes_with_the_first_change() {
    for (change, gone) in [
        (Action::Forward(1), true),
        (Action::Read(Language::Go), false),
        (Action::Help(true), false),
        (Action::Open("#v1?t=x".into()), false),
        (Action::Open("#v1?t=3".into()), true),
    ] {
        let mut session = Session::open("#v2");
        session.apply(change.clone());
        assert_eq!(session.notice.is_none(), gone, "{change:?}");
    }
}

#[test]
fn a_wrong_pipeline_in_the_address_can_be_mended_where_it_is_typed() {
    let mut session = Session::open("#v1?p=range+1..6/sqare/take+2");
    assert_eq!(session.editor.text, "range 1..6 | sqare | take 2");
    session.apply(Action::Type("range 1..6 | square | take 2".into()));
    assert_eq!(
        (session.notice.clone(), session.link().to_string()),
        (None, "#v1?p=range+1..6/square/take+2".into())
    );
    let long = format!("#v1?p=range+1..6{}", "/square".repeat(10_000));
    assert_eq!(Session::open(&long).editor.text, Pipeline::opening().to_string());
}

#[test]
fn of_a_long_wrong_address_only_the_place_is_shown() {
    let fragment = format!("#v1?seed={}&n={}", "é".repeat(500), "ü".repeat(500));
    let notice = Session::open(&fragment).notice.unwrap();
    let excerpt = notice.excerpt();
    assert_eq!(excerpt[0], "v1?seed=");
    assert!(excerpt[1].starts_with("éé") && excerpt[1].ends_with('…'), "{excerpt:?}");
    assert!(excerpt[2].starts_with("&n=") && excerpt[2].ends_with('…'), "{excerpt:?}");
    assert!(excerpt.iter().all(|part| part.len() < 100));
    let short = Session::open("#v1?t=x").notice.unwrap();
    assert_eq!(short.excerpt(), ["v1?t=", "x", ""]);
}

#[test]
fn what_is_being_typed_outlives_a_visit_to_the_gallery() {
    let mut session = Session::open("#v1?p=range+1..6/take+2");
    session.apply(Action::Type("range 1..6 | tke".into()));
    let back = session.link().to_string();
    session.apply(Action::Open("#v1/gallery".into()));
    session.apply(Action::Open(back));
    assert_eq!(session.editor.text, "range 1..6 | tke");
    session.apply(Action::Open("#v1?p=range+1..7".into()));
    assert_eq!(session.editor.text, "range 1..7");
}

#[test]
fn the_language_goes_along_to_the_next_scenario() {
    let mut session = Session::open("#v1/p10-nil-channel");
    session.apply(Action::Read(Language::Go));
    session.apply(Action::Open("#v1/gallery".into()));
    let next = session.to_scenario("p12-random-producer").to_string();
    session.apply(Action::Open(next));
    assert_eq!(session.link().to_string(), "#v1/p12-random-producer?code=go");
}

#[test]
fn the_place_of_a_wrong_stage_is_found_in_the_address() {
    let session = Session::open("#v1?seed=3&p=range+1..6/sqare/take+2");
    let notice = session.notice.unwrap();
    assert_eq!(&notice.fragment[notice.error.span], "sqare");
    assert_eq!(session.editor.good, Pipeline::opening());
}

#[test]
fn a_change_of_the_pipeline_starts_again_with_the_same_seed() {
    let mut session = Session::open("#v1?seed=7&cancel=5&t=9");
    session.apply(Action::Edit(Edit::HonourCancel(2, true)));
    assert_eq!(session.said, "square honours cancellation");
    assert_eq!((session.key.seed, session.key.cancel, session.t), (7, None, 0));
    session.apply(Action::Undo);
    assert_eq!(session.editor.good, Pipeline::opening());
}

#[test]
fn an_edit_without_an_effect_leaves_the_run() {
    let mut session = Session::open("#v1?t=9");
    session.apply(Action::Type("range 1..12 | nonsense".into()));
    assert_eq!(session.t, 9);
}

#[test]
fn going_back_stops_at_the_start_and_forward_at_the_end() {
    let mut session = Session::open("#v1?t=2");
    session.apply(Action::Back(5));
    assert_eq!(session.t, 0);
    session.apply(Action::TogglePlay);
    session.apply(Action::Forward(3));
    assert!(session.playing);
    session.reached(2);
    assert_eq!((session.t, session.playing), (2, false));
}

#[test]
fn a_step_that_is_far_is_waited_for_until_another_is_asked_for() {
    let mut session = Session::open("#v1?t=9000");
    session.wait(0);
    session.apply(Action::Select(Some(TaskId(2))));
    assert_eq!((session.t, session.goal, session.link().t), (0, Some(9000), 9000));
    session.apply(Action::Forward(1));
    assert_eq!((session.t, session.goal), (1, None));
    session.wait(0);
    session.apply(Action::Arrive);
    session.reached(1);
    assert_eq!((session.t, session.goal), (1, None));
}

#[test]
fn a_choice_replaces_what_came_after_it() {
    let mut session = Session::open("#v1?picks=3.1~5.2~9.1&t=5");
    session.apply(Action::Pick(TaskId(4)));
    assert_eq!((session.key.picks.clone(), session.t), (vec![(3, 1), (5, 4)], 6));
    session.apply(Action::Seek(4));
    session.apply(Action::Cancel(true));
    assert_eq!((session.key.picks.clone(), session.key.cancel, session.t), (vec![(3, 1)], Some(4), 5));
    session.apply(Action::Seed(9));
    assert_eq!((session.key.picks.len(), session.key.cancel, session.t), (0, Some(4), 0));
    session.apply(Action::Reroll);
    assert_eq!(session.key.cancel, Some(4), "another order of steps, cancelled as this one");
}

#[test]
fn pages_keep_the_pipeline() {
    let mut session = Session::open("#v1?p=range+1..6");
    session.apply(Action::Open("#v1/gallery".into()));
    assert_eq!(session.page, Page::Gallery);
    assert_eq!(session.editor.good.to_string(), "range 1..6");
}
