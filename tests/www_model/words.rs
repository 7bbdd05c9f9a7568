use crate::model::words::{counted, has_word, plural, sentence};
use fanin::detect::Kind;

#[test]
fn numbers_and_their_nouns() {
    let told: Vec<_> = [0, 1, 999, 1_000, 1_234_567].map(|n| plural(n, "step")).to_vec();
    assert_eq!(told, ["0 steps", "1 step", "999 steps", "1,000 steps", "1,234,567 steps"]);
}

#[test]
fn kinds_are_counted_in_the_order_in_which_they_come() {
    let kinds = [Kind::Leak, Kind::DataRace, Kind::Leak];
    assert_eq!(counted(kinds.into_iter()), "2 leaks, 1 data race");
    assert_eq!(counted([].into_iter()), "");
}

#[test]
fn a_word_is_found_by_its_beginning() {
    let text =
        "Fan-in: two seconds.\n\tvar mu sync.RWMutex; wg := new(sync.WaitGroup); context.WithTimeout(µs)";
    for word in [
        "fan",
        "IN",
        "fan-in:",
        "second",
        "rwmutex",
        "sync.rw",
        "waitgroup",
        "group",
        "context.with",
        "timeout",
        "µs",
    ] {
        assert!(has_word(text, word), "{word}");
    }
    for word in ["cond", "an", "mutex", "oup", "fanin", "ync.WaitGroup", ""] {
        assert!(!has_word(text, word), "{word}");
    }
}

#[test]
fn a_sentence_has_one_stop() {
    assert_eq!(sentence("main returned"), "Main returned.");
    assert_eq!(sentence("all goroutines are asleep - deadlock!"), "All goroutines are asleep - deadlock!");
    assert_eq!(sentence(""), ".");
}
