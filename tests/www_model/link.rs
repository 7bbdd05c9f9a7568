use crate::model::{
    link::{Link, LinkError, Open, RunKey},
    syntax::Language,
};
use proptest::prelude::*;

/// What cannot be read, whether or not the rest can.
fn err(fragment: &str) -> LinkError {
    Link::parse(fragment).map_or_else(|error| error, |(_, unread)| unread.unwrap())
}

fn whole(link: Link) -> Result<(Link, Option<LinkError>), LinkError> {
    Ok((link, None))
}

#[test]
fn nothing_said_is_the_opening_pipeline() {
    for fragment in ["", "#", "#v1", "v1?"] {
        assert_eq!(Link::parse(fragment), whole(Link::to(Open::Pipeline(None))), "{fragment}");
    }
    assert_eq!(Link::to(Open::Pipeline(None)).to_string(), "#v1");
}

#[test]
fn a_link_is_readable() {
    let text = "range 1..12 | fan-out 3 | square no-cancel | fan-in | take 3".to_string();
    let run = RunKey { seed: 7, cancel: Some(30), picks: vec![(4, 1), (9, 0)], schedule: None };
    let link = Link { open: Open::Pipeline(Some(text)), run, t: 40, ..Link::to(Open::Gallery) };
    let printed =
        "#v1?p=range+1..12/fan-out+3/square+no-cancel/fan-in/take+3&seed=7&cancel=30&picks=4.1~9.0&t=40";
    assert_eq!(link.to_string(), printed);
    assert_eq!(Link::parse(printed), whole(link));
}

#[test]
fn a_wrong_address_says_where() {
    assert_eq!(err("#v9?t=1").span, 0..2);
    assert_eq!(err("#v1?t=1&seed=x").span, 13 - 1..13);
    assert_eq!(err("#v1?t=-1").span, 5..7);
    assert_eq!(err("#v1?p=a%zz").span, 6..7);
    assert_eq!(err("#v1?nonsense=1").span, 3..13);
    assert_eq!(err("#v1?picks=9.0~4.1").span, 9..16);
    assert_eq!(err("#v1/gallery?p=range").span, 13..18);
}

#[test]
fn the_rest_of_a_wrong_address_is_read() {
    let (link, unread) = Link::parse("#v1?p=range+1..6&t=soon&seed=4&picks=x&fit").unwrap();
    assert_eq!(link.to_string(), "#v1?p=range+1..6&seed=4&fit");
    assert_eq!(unread.unwrap().span, 18..22, "the first that is wrong");
    let (link, _) = Link::parse("#v1/p25-fan-in?view=both&t=3").unwrap();
    assert_eq!(link.to_string(), "#v1/p25-fan-in?t=3");
    for hopeless in ["#v9?t=1", "#v1/p 25?t=1", "#v1?p=a%zz&t=1"] {
        assert!(Link::parse(hopeless).is_err(), "{hopeless}");
    }
}

fn links() -> impl Strategy<Value = Link> {
    let open = prop_oneof![
        Just(Open::Gallery),
        "[a-z0-9-]{1,20}".prop_filter("a page of its own", |s| s != "gallery").prop_map(Open::Scenario),
        proptest::option::of(any::<String>()).prop_map(Open::Pipeline),
    ];
    let picks = proptest::collection::btree_map(any::<u32>(), any::<u32>(), 0..5);
    let code = prop_oneof![Just(Language::Rust), Just(Language::Go)];
    (open, any::<u64>(), any::<Option<u32>>(), picks, any::<u32>(), any::<[bool; 3]>(), code).prop_map(
        |(open, seed, cancel, picks, t, [single, embedded, fit], code)| {
            let run = RunKey { seed, cancel, picks: picks.into_iter().collect(), schedule: None };
            Link { open, run, t, single, code, embedded, fit }
        },
    )
}

proptest! {
    #[test]
    fn printing_and_reading_is_the_identity(link in links()) {
        let printed = link.to_string();
        prop_assert!(printed.is_ascii());
        prop_assert_eq!(Link::parse(&printed), whole(link));
    }

    #[test]
    fn no_fragment_is_too_strange(fragment in "(#?v1)?[?/&=%+~.a-z0-9äλ ]{0,40}") {
        if let Err(e) | Ok((_, Some(e))) = Link::parse(&fragment) {
            let text = fragment.strip_prefix('#').unwrap_or(&fragment);
            prop_assert!(e.span.start <= e.span.end && e.span.end <= text.len());
        }
    }
}

#[test]
fn the_schedule_of_a_finding_is_carried_by_the_link() {
    let report = fanin::explore::Explorer::new().run(|| async { fanin::panic("boom").await });
    let schedule = Some(report.findings[0].token.clone());
    let link = Link { run: RunKey { schedule, ..RunKey::default() }, ..Link::to(Open::Gallery) };
    assert_eq!(Link::parse(&link.to_string()), whole(link.clone()));

    let text = link.to_string().replace("schedule=2-", "schedule=2-0");
    let error = err(&text);
    assert!(error.message.contains("checksum"), "{}", error.message);
}
