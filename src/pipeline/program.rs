//! A pipeline as a program.

use std::sync::{Arc, Mutex, PoisonError};

use super::{Diagnostic, Pipeline, build::build};
use crate::{CancelFunc, Context, output, select, time};

impl Pipeline {
    /// The pipeline's main, and the means to cancel it from outside.
    ///
    /// Main makes a context, starts the stages, and puts out what comes from the last of them until the channel
    /// is closed, the context is done, or one of the pipeline's [`Ends`](super::Ends) is reached. Then it cancels
    /// the context and returns, as a Go program does that begins with `defer cancel()`.
    ///
    /// # Errors
    ///
    /// What [`check`](Pipeline::check) finds.
    ///
    /// ```
    /// use fanin::{pipeline::{Item, Pipeline}, sim::Config};
    ///
    /// let (main, cancel) = Pipeline::parse("repeat 1").unwrap().program().unwrap();
    /// let mut sim = Config::new().show(Item::show).start(main);
    /// while sim.recording().steps() < 50 {
    ///     sim.step();
    /// }
    /// sim.interfere(|| cancel.cancel());
    /// while sim.step() {}
    /// assert_eq!(sim.outcome().unwrap().to_string(), "main returned");
    /// ```
    pub fn program(&self) -> Result<(impl Future<Output = ()> + Send + 'static, Cancel), Vec<Diagnostic>> {
        let errors = self.check();
        if !errors.is_empty() {
            return Err(errors);
        }
        let cancel = Cancel::default();
        Ok((main(self.clone(), cancel.clone()), cancel))
    }
}

async fn main(Pipeline { stages, ends }: Pipeline, hand: Cancel) {
    let background = Context::background();
    let (ctx, cancel) =
        ends.timeout.map_or_else(|| background.with_cancel(), |limit| background.with_timeout(limit));
    let _deferred = cancel.clone().on_drop();
    hand.give(cancel);
    let last = build(&stages, &ctx);
    let alarm = ends.after.map(time::after);
    let mut outputs = 0;
    while ends.outputs != Some(outputs) {
        select! {
            item = last.recv() => match item {
                Some(item) => output(&item),
                None => break,
            },
            _ = alarm.as_ref().map(|alarm| alarm.recv()) => break,
            _ = ctx.done().recv() => break,
        }
        outputs += 1;
    }
}

/// Cancels a running pipeline from outside, in [`Sim::interfere`](crate::sim::Sim::interfere).
#[derive(Clone, Debug, Default)]
pub struct Cancel {
    hand: Arc<Mutex<Hand>>,
}

#[derive(Debug, Default)]
enum Hand {
    /// Main has not made its context yet.
    #[default]
    Empty,
    /// And is to cancel it at once when it does.
    Asked,
    Holds(CancelFunc),
}

impl Cancel {
    /// Cancels the context of the pipeline, or, where main has not begun, makes it begin with that.
    ///
    /// ```
    /// use fanin::{pipeline::Pipeline, sim::Config};
    /// let (main, cancel) = Pipeline::parse("repeat 1").unwrap().program().unwrap();
    /// cancel.cancel();
    /// let run = Config::new().run(main);
    /// assert_eq!(run.recording.outcome.unwrap().to_string(), "main returned");
    /// ```
    pub fn cancel(&self) {
        let mut hand = self.hand.lock().unwrap_or_else(PoisonError::into_inner);
        match &*hand {
            Hand::Holds(cancel) => cancel.cancel(),
            Hand::Empty | Hand::Asked => *hand = Hand::Asked,
        }
    }

    fn give(&self, cancel: CancelFunc) {
        let mut hand = self.hand.lock().unwrap_or_else(PoisonError::into_inner);
        if let Hand::Asked = *hand {
            cancel.cancel();
        }
        *hand = Hand::Holds(cancel);
    }
}
