//! Plain memory behaves as Go's, and its accesses are told.

use fanin::{
    WaitGroup, chan,
    explore::Explorer,
    go, named, output,
    probe::{Access, What},
    sim::{Config, run},
    sync::{
        Mutex,
        shared::{Map, Slice, Var},
    },
    yield_now,
};
use std::collections::BTreeSet;

fn outcome(main: impl Future<Output = ()> + Send + 'static) -> String {
    Config::new().run(main).recording.outcome.expect("the run is over").to_string()
}

#[test]
fn appends_share_an_array_while_there_is_room() {
    run(async {
        let empty: Slice<i64> = Slice::default();
        let one = empty.append([1]);
        let three = one.append([2, 3]);
        assert_eq!((one.cap(), three.len(), three.cap()), (1, 3, 3));
        let more = three.append([4]);
        assert_eq!(more.cap(), 6);
        let (left, right) = (more.append([5]), more.append([6]));
        assert_eq!(left.to_vec(), [1, 2, 3, 4, 6]);
        left.set(0, 10);
        assert_eq!((more.get(0), right.get(0), three.get(0)), (10, 10, 1));
    });
}

#[test]
fn a_part_of_a_slice_is_a_window_on_the_same_array() {
    run(async {
        let all = Slice::of(0..6);
        let middle = all.slice(2..4);
        assert_eq!((middle.len(), middle.cap()), (2, 4));
        assert_eq!(middle.append([40]).to_vec(), [2, 3, 40]);
        assert_eq!(all.to_vec(), [0, 1, 2, 3, 40, 5]);
        assert_eq!(middle.clip().append([41]).to_vec(), [2, 3, 41]);
        assert_eq!(all.get(4), 40);
        assert_eq!(all.copy_from(&all.slice(3..)), 3);
        assert_eq!(all.to_vec(), [3, 40, 5, 3, 40, 5]);
    });
}

#[test]
fn what_is_out_of_range_panics_with_gos_text() {
    type Use = fn(&Slice<i32>);
    let cases: [(Use, &str); 5] = [
        (|s| s.update(2, |_| ()), "index out of range [2] with length 2"),
        (|s| s.set(7, 0), "index out of range [7] with length 2"),
        (|s| drop(s.slice(..4)), "slice bounds out of range [:4] with capacity 3"),
        (|s| drop(s.slice(3..)), "slice bounds out of range [3:2]"),
        (|_| Slice::<i32>::default().set(0, 1), "index out of range [0] with length 0"),
    ];
    for (case, text) in cases {
        let found = outcome(async move { case(&Slice::make(2, 3)) });
        assert_eq!(found, format!("panic: runtime error: {text}"));
    }
}

#[test]
fn a_nil_map_can_be_read_and_not_written() {
    run(async {
        let nil: Map<u32, u32> = Map::default();
        assert_eq!((nil.get(&1), nil.len(), nil.entries().len()), (None, 0, 0));
        nil.remove(&1);
        assert!(nil.copied().is_empty());
    });
    assert_eq!(outcome(async { Map::nil().insert(1, 2) }), "panic: assignment to entry in nil map");
}

#[test]
fn map_headers_share_their_entries() {
    run(async {
        let map = Map::of([("a", 1)]);
        let (same, own) = (map.clone(), map.copied());
        same.insert("b", 2);
        same.remove(&"a");
        assert_eq!((map.entries(), own.entries()), (vec![("b", 2)], vec![("a", 1)]));
    });
}

/// In a recording an access comes where it stands in the program, also after what only queues.
#[test]
fn accesses_are_told_in_the_order_of_the_program() {
    let recording = Config::new().run(async {
        let (mutex, x) = (Mutex::new(()), named("x", || Var::new(0)));
        let guard = mutex.lock().await;
        x.set(1);
        drop(guard);
        x.update(|x| *x += 1);
        x.get();
    });
    let told = recording.recording.events.into_iter().filter_map(|e| match e.what {
        What::Memory { access, value, .. } => Some((format!("{access:?} {value}"), e.place.unwrap().line)),
        What::Release { .. } => Some(("unlock".into(), 0)),
        _ => None,
    });
    let told: Vec<_> = told.collect();
    let words: Vec<_> = told.iter().map(|(word, _)| word.as_str()).collect();
    assert_eq!(words, ["Write 1", "unlock", "Update 2", "Read 2"]);
    let line = told[0].1;
    assert_eq!((told[2].1, told[3].1), (line + 2, line + 3), "each has its own line");
}

#[test]
fn an_access_takes_no_step() {
    let steps = |accesses: usize| {
        let run = Config::new().run(async move {
            let x = Var::new(0);
            (0..accesses).for_each(|n| x.set(n));
            yield_now().await;
        });
        run.recording.steps()
    };
    assert_eq!(steps(0), steps(10));
}

fn outcomes<F: Future + Send + 'static>(program: impl Fn() -> F + 'static) -> (u64, BTreeSet<String>)
where
    F::Output: Send,
{
    let report = Explorer::new().run(program);
    (report.executions, report.outcomes.iter().map(|o| o.outputs.concat()).collect())
}

#[test]
fn an_exploration_sees_each_order_of_accesses_with_an_operation_between() {
    let (_, seen) = outcomes(|| async {
        let (x, wg) = (Var::new(0), WaitGroup::new());
        for _ in 0..2 {
            let x = x.clone();
            wg.go(async move {
                let old = x.get();
                yield_now().await;
                x.set(old + 1);
            });
        }
        wg.wait().await;
        output(&x.get());
    });
    assert_eq!(seen, BTreeSet::from(["1".into(), "2".into()]), "an update can be lost");
}

#[test]
fn accesses_that_are_ordered_cost_an_exploration_nothing() {
    let program = |touch: bool| {
        move || async move {
            let (x, s, wg) = (Var::new(0), Slice::make(3, 3), WaitGroup::new());
            let (tx, rx) = chan(0);
            for i in 0..3 {
                let s = s.clone();
                wg.go(async move {
                    yield_now().await;
                    if touch {
                        s.set(i, i);
                    }
                });
            }
            go(async move {
                if touch {
                    x.set(1);
                }
                tx.send(x).await;
            });
            if let Some(x) = rx.recv().await.filter(|_| touch) {
                x.set(2);
            }
            wg.wait().await;
        }
    };
    assert_eq!(outcomes(program(false)).0, outcomes(program(true)).0);
}

#[test]
fn an_atomic_operation_on_a_variable_is_a_step() {
    let recording = Config::new().run(async {
        let x = Var::new(1);
        x.atomic_store(2).await;
        assert_eq!(x.atomic_update(|x| std::mem::replace(x, 5)).await, 2);
        assert_eq!((x.atomic_load().await, x.get()), (5, 5));
    });
    assert!(recording.value.is_some());
    let atomic = recording.recording.events.iter().filter_map(|e| match &e.what {
        What::Access { access, .. } => Some((e.step, *access)),
        _ => None,
    });
    let expected = [Access::Write, Access::Update, Access::Read];
    assert_eq!(atomic.collect::<Vec<_>>(), (2..).zip(expected).collect::<Vec<_>>());
}
