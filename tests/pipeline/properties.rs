//! What holds of every text and of every pipeline.

use std::collections::BTreeSet;

use fanin::{
    pipeline::{Kind, Pipeline, Settings, Spans, limits, read},
    sim::Outcome,
};
use proptest::{collection::vec, prelude::*, sample::select};

use crate::{
    any, leaks, model,
    runs::{self, finish},
};

proptest! {
    #[test]
    fn data_to_text_to_data_is_the_identity(pipeline in any::pipeline()) {
        prop_assert_eq!(read(&pipeline.to_string()).pipeline, pipeline);
    }

    #[test]
    fn text_to_data_to_text_is_the_identity_on_printed_text(pipeline in any::pipeline()) {
        let text = pipeline.to_string();
        prop_assert_eq!(read(&text).pipeline.to_string(), text);
    }

    #[test]
    fn parse_and_check_agree(pipeline in any::pipeline()) {
        let text = pipeline.to_string();
        let reading = read(&text);
        let mut errors = pipeline.check();
        errors.sort_by_key(|e| (e.span.start, e.span.end));
        prop_assert_eq!(&reading.diagnostics, &errors);
        prop_assert_eq!(Pipeline::parse(&text).is_ok(), errors.is_empty());
        prop_assert_eq!(reading.spans, Spans::of(&pipeline));
    }

    #[test]
    fn case_and_white_space_do_not_matter(pipeline in any::pipeline(), spaces in "[ \t\n\u{a0}]{1,3}") {
        let text = pipeline.to_string();
        let wide = text.to_uppercase().replace(' ', &spaces);
        prop_assert_eq!(read(&wide).pipeline, pipeline);
    }

    #[test]
    fn any_string_is_read_without_panic(text in any::<String>()) {
        spans_lie_inside(&text)?;
    }

    #[test]
    fn anything_like_a_pipeline_is_read_without_panic(words in vec(word(), 0..40)) {
        spans_lie_inside(&words.concat())?;
    }

    #[test]
    fn long_texts_are_refused_in_one_sentence(text in "[a-zé|; ]{4100,4400}") {
        spans_lie_inside(&text)?;
        prop_assert_eq!(read(&text).diagnostics.len(), 1);
    }
}

fn spans_lie_inside(text: &str) -> Result<(), TestCaseError> {
    let reading = read(text);
    let spans = reading.spans.stages.iter().chain(&reading.spans.ends);
    for span in reading.diagnostics.iter().map(|d| &d.span).chain(spans) {
        prop_assert!(text.get(span.start as usize..span.end as usize).is_some(), "{span:?} of {text:?}");
    }
    prop_assert!(reading.diagnostics.iter().all(|d| !d.message.is_empty() && d.message.len() < 200));
    if reading.diagnostics.is_empty() {
        prop_assert_eq!(reading.pipeline.check(), []);
        prop_assert!(reading.pipeline.stages.len() <= limits::STAGES as usize);
        prop_assert_eq!(Pipeline::parse(&reading.pipeline.to_string()), Ok(reading.pipeline));
    }
    Ok(())
}

fn word() -> impl Strategy<Value = String> {
    let signs = "| ; .. ..= ~ % = == != > < >= <= , - + no-cancel at by even odd divisible cancel after outputs timeout";
    let odd =
        "−5 ５ µs 1.5s 99999999999999999999 -99999999999999999999 18446744073709551615ns 1..9 5ms 0 3 é 🦀";
    let names: Vec<String> = Kind::all().iter().map(|kind| kind.name().to_owned()).collect();
    let words: Vec<String> =
        [signs, odd, "| | | |"].join(" ").split(' ').map(str::to_owned).chain(names).collect();
    (select(words), select(vec!["", " ", " ", "\u{2003}"])).prop_map(|(word, gap)| word + gap)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn outputs_are_those_of_plain_iterators(pipeline in any::finite(), seed in 0..1000u64) {
        prop_assume!(pipeline.check().is_empty());
        let run = finish(pipeline.start(Settings::seed(seed)).unwrap());
        prop_assert_eq!(run.sim().outcome(), Some(&Outcome::Returned));
        prop_assert!(run.sim().recording().unfinished().is_empty());
        let (mut expected, ordered) = model::outputs(&pipeline);
        let mut outputs = runs::outputs(&run);
        if !ordered {
            expected.sort_by_key(|item| (item.id, item.value));
            outputs.sort_by_key(|item| (item.id, item.value));
        }
        prop_assert_eq!(outputs, expected);
    }

    #[test]
    fn nothing_leaks_where_all_stages_hear(mut pipeline in any::endless(), seed in 0..1000u64, cancel_at in 0..900u32) {
        prop_assume!(pipeline.check().is_empty());
        pipeline.stages.iter_mut().for_each(|stage| stage.honours_cancel = true);
        let settings = Settings { cancel_at: Some(cancel_at), ..Settings::seed(seed) };
        let run = finish(pipeline.start(settings).unwrap());
        prop_assert_eq!(run.sim().outcome(), Some(&Outcome::Returned));
        prop_assert_eq!(leaks::left(&pipeline, &run), BTreeSet::new());
    }

    #[test]
    fn only_deaf_stages_leak(pipeline in any::endless(), seed in 0..1000u64, cancel_at in 0..900u32) {
        prop_assume!(pipeline.check().is_empty());
        let settings = Settings { cancel_at: Some(cancel_at), ..Settings::seed(seed) };
        let run = finish(pipeline.start(settings).unwrap());
        if run.sim().outcome() == Some(&Outcome::Returned) {
            let left = leaks::left(&pipeline, &run);
            prop_assert!(left.is_subset(&leaks::deaf(&pipeline)), "{left:?} of {pipeline}");
        }
    }
}
