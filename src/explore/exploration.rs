//! An exploration in progress.

use super::{
    dating::{Dated, Dating},
    decisive::decisive,
    driver::Driver,
    explorer::{Explorer, Method},
    report::{Bound, Found, Outcomes, Report, Verdict},
    sample::Sample,
    schedule::{order, past, rerun},
    search::{Execution, Next, Search, Transition},
    story::story,
    token::Token,
    trace::Step,
};
use crate::{
    detect::{Finding, Kind, findings},
    probe::{LimitKind, Outcome, Place},
    sim::{Config, Recording, Sim},
};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, BinaryHeap, btree_map::Entry},
};

/// So many different outcomes are kept.
const MOST_OUTCOMES: usize = 10_000;

/// What makes two findings of different runs the same.
type Signature = (Kind, Vec<String>);

/// An exploration that goes on one execution at a time, and can be stopped after any.
///
/// It holds one path of the search and the last run, and never more than 10,000 outcomes, however long it takes.
///
/// ```
/// use fanin::{explore::Explorer, sim::Config};
/// let mut exploration = Explorer::new().start(|config: Config| config.start(async {}));
/// while exploration.advance() {}
/// assert!(exploration.report().is_proof());
/// ```
pub struct Exploration<P> {
    program: P,
    settings: Explorer,
    way: Way,
    executions: u64,
    /// How many of them came before the search last began.
    before: u64,
    blocked: u64,
    steps: u64,
    verdict: Verdict,
    limit: Option<LimitKind>,
    /// Some loop that was cut short would end by itself.
    counts: bool,
    outcomes: BTreeMap<(Vec<String>, Vec<Kind>), (u64, Token)>,
    unlisted: u64,
    found: BTreeMap<Signature, Found>,
    /// What was found in the last execution, and is to be told yet.
    untold: Option<(Execution, Vec<Finding>)>,
    /// The beginnings of what was found, of which it is not known yet from where they lead nowhere else.
    undated: BTreeMap<Signature, Vec<Transition>>,
    dating: Option<(Signature, Dating)>,
    last: Option<Recording>,
    /// One that nobody needs any more.
    spent: Recording,
}

/// How the next execution is found.
enum Way {
    Search(Search),
    Sample(Sample),
}

impl<P: Fn(Config) -> Sim> Exploration<P> {
    pub(super) fn new(program: P, settings: Explorer) -> Self {
        let bound = settings.preemptions.as_ref().map(|bounds| *bounds.start());
        let way = match Sample::new(settings.method) {
            Some(sample) => Way::Sample(sample),
            None => Way::Search(Search::new(&settings, bound)),
        };
        Self {
            program,
            settings,
            way,
            executions: 0,
            before: 0,
            blocked: 0,
            steps: 0,
            verdict: Verdict::Bounded(Bound::Stopped),
            limit: None,
            counts: false,
            outcomes: BTreeMap::new(),
            unlisted: 0,
            found: BTreeMap::new(),
            untold: None,
            undated: BTreeMap::new(),
            dating: None,
            last: None,
            spent: Recording::default(),
        }
    }

    /// Takes one more execution, or finds the shortest schedule of what went wrong in the last one; at the end takes
    /// one to find out since when a finding is unavoidable. False once there is nothing left, or the bound is reached.
    ///
    /// ```
    /// use fanin::{explore::Explorer, go, sim::Config, yield_now};
    /// let program = || async { go(yield_now()).await };
    /// let mut exploration = Explorer::new().start(|config: Config| config.start(program()));
    /// assert!(exploration.advance() && !exploration.advance());
    /// ```
    pub fn advance(&mut self) -> bool {
        self.tell() || self.try_loop() || self.search() || self.date()
    }

    /// Tries a loop that was cut short, if there is one.
    fn try_loop(&mut self) -> bool {
        let Way::Search(search) = &mut self.way else { return false };
        let Some(doubt) = search.loops.untried.pop() else { return false };
        self.counts |= doubt.is_counted(self.drive());
        true
    }

    /// Takes one more execution, if there is one.
    fn search(&mut self) -> bool {
        // Also those that were given up: there may be many more of them.
        let taken = self.executions - self.before + self.blocked;
        if let Way::Search(search) = &self.way
            && taken >= self.settings.max_executions
            && search.goes_on()
        {
            self.verdict = Verdict::Bounded(Bound::Executions(self.settings.max_executions));
            return false;
        }
        let (program, settings) = (&self.program, &self.settings);
        // From the first finding on it has to be known of each execution what led to it.
        let traced = matches!(&self.way, Way::Search(search) if search.reduces()) || !self.found.is_empty();
        let spent = std::mem::take(&mut self.spent);
        let start = || {
            let driver = Driver::new(program, settings, spent);
            if traced { driver.traced() } else { driver }
        };
        let next = match &mut self.way {
            Way::Search(search) => search.next(start),
            Way::Sample(sample) => sample.next(start).map_or(Next::Done { cut: false }, Next::Ran),
        };
        match next {
            Next::Ran(execution) => {
                self.executions += 1;
                self.steps += execution.taken.len() as u64;
                self.take(execution);
                true
            }
            Next::Blocked => {
                self.blocked += 1;
                true
            }
            Next::Anew => {
                self.begin_anew();
                true
            }
            Next::Done { cut } => self.done(cut),
            Next::Astray(step) => {
                self.verdict = Verdict::Bounded(Bound::Astray(step));
                false
            }
        }
    }

    /// What was counted so far will be again; what was found stays.
    fn begin_anew(&mut self) {
        self.before = self.executions;
        self.blocked = 0;
        self.steps = 0;
        self.outcomes.clear();
        self.unlisted = 0;
    }

    /// The search is at its end; true if it goes on with another bound on pre-emptions.
    fn done(&mut self, cut: bool) -> bool {
        self.verdict = match (self.settings.method, self.limit, &self.settings.preemptions) {
            (Method::Random { runs, .. } | Method::Priorities { runs, .. }, ..) => {
                Verdict::Bounded(Bound::Sample(runs))
            }
            (_, _, Some(bounds)) if cut => {
                let (start, end) = (*bounds.start(), *bounds.end());
                if start < end {
                    self.settings.preemptions = Some(start + 1..=end);
                    self.way = Way::Search(Search::new(&self.settings, Some(start + 1)));
                    self.begin_anew();
                    return true;
                }
                Verdict::Bounded(Bound::Preemptions(start))
            }
            (_, Some(limit), _) => Verdict::Bounded(Bound::Run(limit)),
            (_, None, _) if self.counts => Verdict::Bounded(Bound::Patience(self.settings.patience)),
            (_, None, _) => Verdict::Complete,
        };
        false
    }

    /// How many alternatives are known that have not been explored: a hint at what is left.
    ///
    /// ```
    /// use fanin::{explore::Explorer, sim::Config};
    /// let exploration = Explorer::new().random(7, 50).start(|config: Config| config.start(async {}));
    /// assert_eq!(exploration.frontier(), 50);
    /// ```
    pub fn frontier(&self) -> u64 {
        match &self.way {
            Way::Search(search) => search.frontier(),
            Way::Sample(sample) => sample.left(),
        }
    }

    /// How many executions were taken: more than [`Report::executions`] where the search began anew, since it had
    /// learned what some steps touch.
    ///
    /// ```
    /// use fanin::{explore::Explorer, sim::Config};
    /// let mut exploration = Explorer::new().start(|config: Config| config.start(async {}));
    /// assert!(exploration.advance());
    /// assert_eq!(exploration.executions(), 1);
    /// ```
    pub fn executions(&self) -> u64 {
        self.executions
    }

    /// The execution that was taken last.
    ///
    /// ```
    /// use fanin::{explore::Explorer, output, sim::Config};
    /// let mut exploration = Explorer::new().start(|config: Config| config.start(async { output(&7) }));
    /// assert!(exploration.last().is_none());
    /// exploration.advance();
    /// assert_eq!(exploration.last().unwrap().outputs(), ["7"]);
    /// ```
    pub fn last(&self) -> Option<&Recording> {
        self.untold.as_ref().map(|(execution, _)| &execution.recording).or(self.last.as_ref())
    }

    /// What is known so far.
    ///
    /// ```
    /// use fanin::{explore::{Bound, Explorer, Verdict}, sim::Config};
    /// let mut exploration = Explorer::new().start(|config: Config| config.start(async {}));
    /// assert_eq!(exploration.report().verdict, Verdict::Bounded(Bound::Stopped));
    /// while exploration.advance() {}
    /// assert_eq!(exploration.report().verdict, Verdict::Complete);
    /// ```
    pub fn report(&self) -> Report {
        let known: Vec<_> = self.outcomes.iter().collect();
        // By a heap: the standard library's sort would be 5 KB of the page.
        let order: BinaryHeap<_> =
            known.iter().zip(0_usize..).map(|((_, (count, _)), i)| (Reverse(*count), i)).collect();
        let outcomes = order.into_sorted_vec().into_iter().map(|(Reverse(count), i)| {
            let ((outputs, findings), (_, token)) = known[i];
            Outcomes { outputs: outputs.clone(), findings: findings.clone(), count, token: token.clone() }
        });
        Report {
            verdict: self.verdict,
            executions: self.executions - self.before,
            blocked: self.blocked,
            steps: self.steps,
            outcomes: outcomes.collect(),
            unlisted: self.unlisted,
            findings: self.found.values().cloned().collect(),
        }
    }

    fn take(&mut self, mut execution: Execution) {
        if let Some(Outcome::Limit(limit)) = execution.recording.outcome {
            self.limit.get_or_insert(limit);
        }
        let found = findings(&execution.recording.events);
        // There are few: the standard library's sort would be 3 KB of the page.
        let mut kinds = Vec::new();
        for kind in found.iter().map(|f| f.kind) {
            kinds.insert(kinds.partition_point(|k| *k < kind), kind);
        }
        let key = (execution.recording.outputs(), kinds);
        let early = self.settings.early_timers;
        let is_full = self.outcomes.len() >= MOST_OUTCOMES;
        match self.outcomes.entry(key) {
            Entry::Occupied(mut known) => known.get_mut().0 += 1,
            Entry::Vacant(_) if is_full => self.unlisted += 1,
            Entry::Vacant(new) => {
                new.insert((1, Token::of(&execution.recording, early)));
            }
        }
        if found.is_empty() {
            return self.finish(execution);
        }
        if execution.steps.is_empty() {
            execution.steps = self.trace(&execution);
        }
        self.untold = Some((execution, found));
    }

    /// Tells one of the findings of the last execution, if there is one: that takes longer than an execution.
    fn tell(&mut self) -> bool {
        let Some((execution, mut found)) = self.untold.take() else { return false };
        if let Some(finding) = found.pop() {
            self.shorten(&execution, finding);
        }
        if found.is_empty() {
            self.finish(execution);
        } else {
            self.untold = Some((execution, found));
        }
        true
    }

    /// All is known of an execution: what it took room for serves the next one.
    fn finish(&mut self, execution: Execution) {
        if let Way::Search(search) = &mut self.way {
            search.keep(execution.steps);
        }
        self.spent = self.last.replace(execution.recording).unwrap_or_default();
    }

    /// Takes the same steps again, to know the order of causes.
    fn trace(&self, execution: &Execution) -> Vec<Step> {
        let mut driver = self.drive().traced();
        if let Way::Search(search) = &self.way {
            driver.prints.passing = search.passing().clone();
        }
        for (task, picks) in &execution.taken {
            driver.movers();
            driver.take(*task, picks);
        }
        driver.into_steps()
    }

    fn drive(&self) -> Driver {
        Driver::new(&self.program, &self.settings, Recording::default())
    }

    /// Keeps the finding if it needs fewer steps than the one that is known.
    fn shorten(&mut self, execution: &Execution, finding: Finding) {
        let needed = past(&execution.steps, &decisive(execution, &finding));
        let length = needed.iter().filter(|&&i| !execution.steps[i].resumes).count();
        let length = u32::try_from(length).unwrap_or(u32::MAX);
        let signature = signature(&finding);
        if self.found.get(&signature).is_some_and(|known| known.length <= length) {
            return;
        }
        let order = order(&execution.steps, &needed);
        let (recording, mut taken) = rerun(self.drive(), execution, &order);
        let again = findings(&recording.events).into_iter().find(|f| self::signature(f) == signature);
        let early = self.settings.early_timers;
        let told = u32::try_from(needed.len()).unwrap_or(u32::MAX);
        let (finding, story, token) = match again {
            Some(again) => {
                taken.truncate(needed.len());
                if matches!(signature.0, Kind::Leak | Kind::Deadlock) {
                    self.undated.insert(signature.clone(), taken);
                }
                (again, story(&recording.events, told), Token::of(&recording, early))
            }
            // The order of births mattered to the program: the run as it was explored will do.
            None => {
                let story = story(&execution.recording.events, finding.step);
                (finding, story, Token::of(&execution.recording, early))
            }
        };
        self.found.insert(signature, Found { finding, length, story, since: None, token });
    }

    /// Takes one more execution to find out since when a finding is unavoidable; false if nothing is left to find out.
    fn date(&mut self) -> bool {
        let next = || {
            let (signature, beginning) = self.undated.pop_first()?;
            Some((signature, Dating::new(&self.settings, beginning)))
        };
        let Some((signature, mut dating)) = self.dating.take().or_else(next) else { return false };
        let program = &self.program;
        let loops_are_endless = matches!(self.way, Way::Search(_)) && !self.counts;
        let dated = dating.advance(
            loops_are_endless,
            |settings| Driver::new(program, settings, Recording::default()).traced(),
            |execution| {
                let found = findings(&execution.recording.events);
                found.iter().any(|f| self::signature(f) == signature)
            },
        );
        match dated {
            Dated::Going => self.dating = Some((signature, dating)),
            Dated::Known(since) => {
                if let Some(found) = self.found.get_mut(&signature) {
                    found.since = since.and_then(|n| u32::try_from(n).ok());
                }
            }
        }
        true
    }
}

impl<P> std::fmt::Debug for Exploration<P> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Exploration").field("verdict", &self.verdict).finish_non_exhaustive()
    }
}

fn signature(finding: &Finding) -> Signature {
    let mut places = BTreeSet::new();
    // A set that is collected is sorted first, which takes as much code again.
    places.extend(finding.places.iter().map(Place::to_string));
    (finding.kind, places.into_iter().collect())
}
