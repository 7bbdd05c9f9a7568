//! What is open, how it runs and where it stands; and every way in which that changes.
//!
//! A session only wishes: it may ask for a step that the run does not reach, or not at once. Whoever owns the run
//! tells it by [`Session::reached`] and [`Session::wait`].

use super::{
    editor::{Edit, Editor},
    link::{Link, LinkError, Open, RunKey},
    playback::Speed,
    syntax::Language,
};
use fanin::{
    pipeline::{Pipeline, limits},
    probe::TaskId,
    scenario,
};

/// How much of a wrong address is shown around the place, in bytes.
const NEAR: usize = 80;

/// The part of the page's state that is plain data.
#[derive(Clone, Debug, PartialEq)]
pub struct Session {
    /// The page that is open; the text of a pipeline is in the editor.
    pub page: Page,
    pub editor: Editor,
    pub key: RunKey,
    /// The step that is shown.
    pub t: u32,
    /// The step that was asked for, while the run is on its way there.
    pub goal: Option<u32>,
    pub playing: bool,
    pub speed: Speed,
    /// In which language the sources are read.
    pub code: Language,
    /// Only the run is shown, in a frame of somebody else's page.
    pub embedded: bool,
    /// The goroutine that is looked at closely.
    pub selected: Option<TaskId>,
    /// Only lanes of this kind are listed.
    pub filter: Option<Filter>,
    /// The lanes show the whole run, however narrow its steps.
    pub fit: bool,
    /// What the gallery is narrowed down to.
    pub wanted: String,
    /// What was wrong with the address.
    pub notice: Option<Notice>,
    pub help: bool,
    /// What the last edit did, for those who cannot see it.
    pub said: String,
    /// Whether keys without Ctrl do something.
    pub single_keys: bool,
}

/// A page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Page {
    Playground,
    Gallery,
    Scenario { id: &'static str, single: bool },
}

/// An address that could not be read, or not all of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    pub fragment: String,
    pub error: LinkError,
    /// True if the rest of the address is shown.
    pub rest: bool,
}

impl Notice {
    /// The place that is wrong, with what stands before and after it; of much text only what is near.
    pub fn excerpt(&self) -> [String; 3] {
        let (text, span) = (&self.fragment, self.error.span.clone());
        let from = text.floor_char_boundary(span.start.saturating_sub(NEAR));
        let middle = text.floor_char_boundary(span.end.min(span.start + NEAR));
        let to = text.floor_char_boundary((span.end + NEAR).min(text.len()));
        let cut = |is: bool| if is { "…" } else { "" };
        [
            format!("{}{}", cut(from > 0), &text[from..span.start]),
            format!("{}{}", &text[span.start..middle], cut(middle < span.end)),
            format!("{}{}", &text[span.end..to], cut(to < text.len())),
        ]
    }
}

/// Which lanes are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filter {
    Running,
    Ready,
    Blocked,
    Finished,
    Leaked,
}

impl Filter {
    pub fn word(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Ready => "ready",
            Self::Blocked => "blocked",
            Self::Finished => "finished",
            Self::Leaked => "leaked",
        }
    }
}

/// A change.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    Edit(Edit),
    Type(String),
    Undo,
    Redo,
    Seek(u32),
    Forward(u32),
    Back(u32),
    ToEnd,
    TogglePlay,
    Pace(Speed),
    Seed(u64),
    /// Another seed.
    Reroll,
    /// Cancels the run from outside at this point, or takes that back.
    Cancel(bool),
    /// What was asked for is ready.
    Arrive,
    /// Chooses who acts next.
    Pick(TaskId),
    /// Takes back every choice made by hand.
    Unpick,
    /// Lets the seed decide, not the schedule.
    Unschedule,
    Open(String),
    Dismiss,
    Select(Option<TaskId>),
    Filter(Option<Filter>),
    Fit(bool),
    Read(Language),
    Find(String),
    Help(bool),
    SingleKeys(bool),
}

impl Session {
    /// The session that an address describes, or the opening one with a notice. An address that asks for nothing
    /// shows what all this is about: a run that goes wrong, from end to end.
    pub fn open(fragment: &str) -> Self {
        let mut session = Self {
            page: Page::Playground,
            editor: Editor::new(Pipeline::opening()),
            key: RunKey::default(),
            t: 0,
            goal: None,
            playing: false,
            speed: Speed::default(),
            code: Language::Rust,
            embedded: false,
            selected: None,
            filter: None,
            fit: false,
            wanted: String::new(),
            notice: None,
            help: false,
            said: String::new(),
            single_keys: true,
        };
        session.follow(fragment);
        if fragment.trim_start_matches('#').is_empty() {
            (session.playing, session.speed, session.fit) = (true, Speed::Eight, true);
        }
        session.editor = Editor::new(session.editor.good);
        if session.notice.is_some()
            && let Ok((Link { open: Open::Pipeline(Some(text)), .. }, _)) = Link::parse(fragment)
            && text.len() <= limits::TEXT as usize
            && Pipeline::parse(&text).is_err()
        {
            // There it can be mended.
            session.editor.type_text(text);
        }
        session
    }

    /// The address of what is shown.
    pub fn link(&self) -> Link {
        let link = match self.page {
            Page::Playground => self.to_pipeline(),
            Page::Gallery => Link::to(Open::Gallery),
            Page::Scenario { id, single } => Link { single, ..self.to_scenario(id) },
        };
        Link { run: self.key.clone(), t: self.goal.unwrap_or(self.t), ..link }
    }

    /// The address of a scenario, read as the others are.
    pub fn to_scenario(&self, id: &str) -> Link {
        let Self { code, embedded, fit, .. } = *self;
        Link { code, embedded, fit, ..Link::to(Open::Scenario(id.into())) }
    }

    /// The address of the pipeline in the editor.
    pub fn to_pipeline(&self) -> Link {
        Link { embedded: self.embedded, fit: self.fit, ..Link::to(self.pipeline()) }
    }

    /// The pipeline in the editor, as something to open.
    pub fn pipeline(&self) -> Open {
        let default = self.editor.good == Pipeline::opening();
        Open::Pipeline((!default).then(|| self.editor.good.to_string()))
    }

    /// True if the other one has the same run, at whatever step.
    pub fn same_run(&self, other: &Self) -> bool {
        self.page == other.page && self.key == other.key && self.editor.good == other.editor.good
    }

    pub fn apply(&mut self, action: Action) {
        self.said.clear();
        let before = self.link();
        let opens = matches!(action, Action::Open(_));
        match action {
            Action::Edit(edit) => {
                self.said = self.editor.told(&edit);
                self.change_pipeline(|e| e.edit(edit));
            }
            Action::Type(text) => self.change_pipeline(|e| e.type_text(text)),
            Action::Undo => self.change_pipeline(Editor::undo),
            Action::Redo => self.change_pipeline(Editor::redo),
            Action::Seek(t) => self.stop_at(t),
            Action::Forward(n) => self.go(self.t.saturating_add(n)),
            Action::Back(n) => self.stop_at(self.t.saturating_sub(n)),
            Action::ToEnd => self.stop_at(u32::MAX),
            Action::TogglePlay => self.playing = !self.playing,
            Action::Pace(speed) => self.speed = speed,
            Action::Seed(seed) => {
                self.rerun(RunKey { seed, cancel: self.key.cancel, ..RunKey::default() });
            }
            Action::Reroll => self.apply(Action::Seed(another(self.key.seed))),
            Action::Cancel(true) => {
                let mut key = self.key.clone();
                key.cancel = Some(self.t);
                key.picks.retain(|p| p.0 < self.t);
                self.key = key;
                self.go(self.t.saturating_add(1));
            }
            Action::Cancel(false) => self.key.cancel = None,
            Action::Arrive => {}
            Action::Pick(task) => {
                self.key.picks.retain(|p| p.0 < self.t);
                self.key.picks.push((self.t, task.0));
                self.stop_at(self.t.saturating_add(1));
            }
            Action::Unpick => self.key.picks.clear(),
            Action::Unschedule => self.key.schedule = None,
            Action::Open(fragment) => self.follow(&fragment),
            Action::Dismiss => self.notice = None,
            Action::Select(task) => self.selected = task,
            Action::Filter(filter) => self.filter = filter,
            Action::Fit(fit) => self.fit = fit,
            Action::Read(language) => self.code = language,
            Action::Find(wanted) => self.wanted = wanted,
            Action::Help(open) => self.help = open,
            Action::SingleKeys(on) => self.single_keys = on,
        }
        if !opens && self.link() != before {
            self.notice = None;
        }
    }

    /// The run got as far as this, of the step that was wished for.
    pub fn reached(&mut self, t: u32) {
        let wished = self.goal.unwrap_or(self.t);
        self.go(t);
        if t < wished {
            self.playing = false;
        }
    }

    /// The run is not there yet, and this step is still shown.
    pub fn wait(&mut self, shown: u32) {
        self.goal = self.goal.or(Some(self.t));
        self.t = shown;
    }

    fn change_pipeline(&mut self, change: impl FnOnce(&mut Editor)) {
        let before = self.editor.good.clone();
        change(&mut self.editor);
        if self.editor.good != before {
            self.rerun(RunKey { seed: self.key.seed, ..RunKey::default() });
        }
    }

    fn rerun(&mut self, key: RunKey) {
        self.key = key;
        self.stop_at(0);
        self.selected = None;
    }

    fn go(&mut self, t: u32) {
        (self.t, self.goal) = (t, None);
    }

    fn stop_at(&mut self, t: u32) {
        self.go(t);
        self.playing = false;
    }

    /// Goes where an address leads. What cannot be read is told; if nothing can be opened, nothing else changes.
    fn follow(&mut self, fragment: &str) {
        let (rest, error) = match self.read(fragment) {
            Ok(unread) => (true, unread),
            Err(error) => (false, Some(error)),
        };
        let fragment = fragment.strip_prefix('#').unwrap_or(fragment).to_owned();
        self.notice = error.map(|error| Notice { fragment, error, rest });
    }

    fn read(&mut self, fragment: &str) -> Result<Option<LinkError>, LinkError> {
        let (link, unread) = Link::parse(fragment)?;
        let page = match link.open {
            Open::Gallery => Page::Gallery,
            Open::Scenario(id) => {
                let Some(scenario) = scenario::find(&id) else {
                    return Err(LinkError::path(fragment, "there is no scenario of that name"));
                };
                self.code = link.code;
                Page::Scenario { id: scenario.id, single: link.single }
            }
            Open::Pipeline(text) => {
                let pipeline = match text {
                    Some(text) => Pipeline::parse(&text)
                        .map_err(|found| LinkError::pipeline(fragment, &text, &found))?,
                    None => Pipeline::opening(),
                };
                // What is being typed is not lost on the way to the gallery and back.
                if pipeline != self.editor.good {
                    self.editor.edit(Edit::Whole(pipeline));
                }
                Page::Playground
            }
        };
        self.page = page;
        (self.embedded, self.fit) = (link.embedded, link.fit);
        self.rerun(link.run);
        self.go(link.t);
        Ok(unread)
    }
}

/// The seed after this one: through all the numbers of four digits, in no order that can be seen.
fn another(seed: u64) -> u64 {
    (seed % 10_000 * 3_781 + 7_919) % 10_000
}
