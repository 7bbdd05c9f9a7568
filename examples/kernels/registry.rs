//! The kernels, what is wrong with each, and how it is explored.

use fanin::{
    detect::Kind::{self, DataRace, Deadlock, Fault, Leak, Misuse},
    explore::{Explorer, Report, Verdict},
};
use std::{collections::BTreeSet, fmt, future::Future, pin::Pin};

/// A kernel: a bug of a well-known program, in few lines.
pub struct Kernel {
    /// The program and the number of the issue or of the change that repairs it.
    pub id: &'static str,
    /// What is found in the buggy form: these kinds, and no other.
    finds: &'static [Kind],
    /// What a message of those findings says.
    says: &'static str,
    search: Search,
    buggy: Program,
    repaired: Program,
}

/// Which of the two forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Buggy,
    Repaired,
}

/// What is explored.
#[derive(Clone, Copy)]
enum Search {
    /// Every interleaving.
    Whole,
    /// Every interleaving, and timers also fire while others could still move.
    EarlyTimers,
}

type Program = fn() -> Pin<Box<dyn Future<Output = ()> + Send>>;

impl Kernel {
    /// Explores one of its forms.
    pub fn explore(&self, form: Form) -> Report {
        let program = match form {
            Form::Buggy => self.buggy,
            Form::Repaired => self.repaired,
        };
        let explorer = match self.search {
            Search::Whole => Explorer::new(),
            Search::EarlyTimers => Explorer::new().early_timers(),
        };
        explorer.run(program)
    }

    /// Compares what was found with what is known of this form.
    ///
    /// # Errors
    ///
    /// What is not as expected, in a sentence.
    pub fn judge(&self, form: Form, report: &Report) -> Result<(), String> {
        if report.verdict != Verdict::Complete {
            return Err(format!("{}, {form}: {}", self.id, report.verdict));
        }
        let expected = match form {
            Form::Buggy => self.finds.iter().copied().collect(),
            Form::Repaired => BTreeSet::new(),
        };
        if kinds(report) != expected {
            return Err(format!("{}, {form}: expected {expected:?}, but {report}", self.id));
        }
        let said = report.findings.iter().any(|found| found.finding.message.contains(self.says));
        if form == Form::Buggy && !said {
            return Err(format!("{}, {form}: nothing says {:?}: {report}", self.id, self.says));
        }
        Ok(())
    }
}

/// The kinds of what was found.
pub fn kinds(report: &Report) -> BTreeSet<Kind> {
    report.findings.iter().map(|found| found.finding.kind).collect()
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Buggy => "buggy",
            Self::Repaired => "repaired",
        })
    }
}

macro_rules! kernels {
    ($($module:ident: $finds:expr, $says:literal, $search:expr;)+) => {
        $(mod $module;)+

        /// All of them.
        pub static KERNELS: &[Kernel] = &[$(Kernel {
            id: stringify!($module),
            finds: &$finds,
            says: $says,
            search: $search,
            buggy: || Box::pin($module::buggy()),
            repaired: || Box::pin($module::repaired()),
        }),+];
    };
}

kernels! {
    cockroach_1055: [Deadlock], "waits for the wait group", Search::Whole;
    cockroach_2448: [Leak], "in a select: to send event", Search::Whole;
    cockroach_7504: [Deadlock], "itself blocked in sync.Mutex.Lock", Search::Whole;
    cockroach_18101: [Leak], "waits for ever to send 7", Search::Whole;
    etcd_6857: [Leak], "waits for ever to send", Search::Whole;
    etcd_6873: [Leak], "itself blocked in chan receive", Search::Whole;
    grpc_3017: [Leak, Deadlock], "waits to lock", Search::EarlyTimers;
    etcd_7492: [Deadlock], "itself blocked in chan send", Search::EarlyTimers;
    grpc_660: [Leak], "waits for ever to send", Search::Whole;
    grpc_1460: [Leak], "itself blocked in chan receive", Search::Whole;
    kubernetes_5316: [Leak], "waits for ever to send result", Search::Whole;
    kubernetes_10182: [Leak], "itself blocked in chan send", Search::Whole;
    kubernetes_11298: [Deadlock], "waits for a signal", Search::EarlyTimers;
    kubernetes_58107: [Leak], "waits for ever for a signal", Search::Whole;
    moby_25384: [Leak], "whose counter is still 1", Search::Whole;
    moby_30408: [Deadlock], "waits for a signal", Search::Whole;
    moby_33781: [Leak], "waits for ever to send healthy", Search::Whole;
    serving_2137: [Deadlock], "waits to lock", Search::Whole;
    syncthing_4829: [Deadlock], "it has held it itself", Search::Whole;
    syncthing_5795: [Deadlock], "waits to receive", Search::Whole;
    etcd_9446: [DataRace], "Data race on", Search::Whole;
    grpc_1687: [Fault], "send on closed channel", Search::Whole;
    grpc_3090: [Fault, DataRace], "nil pointer dereference", Search::Whole;
    istio_8214: [DataRace], "atomic", Search::Whole;
    istio_8967: [Leak, DataRace], "nil channel", Search::Whole;
    kubernetes_13058: [Fault], "negative WaitGroup counter", Search::Whole;
    kubernetes_70892: [DataRace], "Data race on", Search::Whole;
    moby_18412: [Leak, DataRace], "waits for ever to send", Search::Whole;
    moby_27037: [DataRace], "Data race on", Search::Whole;
    serving_3068: [Fault, Misuse], "send on closed channel", Search::Whole;
}
