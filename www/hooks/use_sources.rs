//! The gallery's sources, fetched when somebody first looks at one.

use super::browser::{file, meta};
use crate::model::sources::Sources;
use std::rc::Rc;
use yew::{platform::spawn_local, prelude::*};

/// What became of the sources.
#[derive(Clone, Debug, PartialEq)]
pub enum Fetched {
    /// Nobody asked for them, or they are on their way.
    Waiting,
    Here(Rc<Sources>),
    /// They did not come; this asks again.
    Failed(Callback<()>),
}

/// The sources, once they were `wanted`.
#[hook]
pub fn use_sources(wanted: bool) -> Fetched {
    let fetched = use_state_eq(|| None::<Result<Rc<Sources>, ()>>);
    let again = {
        let fetched = fetched.setter();
        use_callback((), move |(), ()| fetched.set(None))
    };
    {
        let fetched = fetched.clone();
        use_effect_with((wanted, fetched.is_none()), move |(wanted, missing)| {
            if *wanted && *missing {
                spawn_local(async move {
                    let text = file(&meta("sources")).await.ok_or(());
                    fetched.set(Some(text.map(|text| Rc::new(Sources::read(&text)))));
                });
            }
        });
    }
    match &*fetched {
        None => Fetched::Waiting,
        Some(Ok(sources)) => Fetched::Here(sources.clone()),
        Some(Err(())) => Fetched::Failed(again),
    }
}
