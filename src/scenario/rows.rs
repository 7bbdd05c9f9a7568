//! The table of a chapter.

/// A row is a module and what is said about it. The module is what runs and what is shown.
macro_rules! scenarios {
    (in $folder:literal; $($module:ident {
        id: $id:literal,
        rows: $rows:expr,
        form: $form:expr,
        title: $title:literal,
        about: $about:literal,
        $(expects: $expects:expr,)?
    })+) => {
        $(mod $module;)+

        pub(super) static ROWS: &[crate::scenario::Scenario] = &[$(crate::scenario::Scenario {
            id: $id,
            rows: &$rows,
            title: $title,
            about: $about,
            form: $form,
            expects: scenarios!(@ $($expects)?),
            rust: crate::scenario::Source { path: scenarios!(@path $folder $module ".rs") },
            go: crate::scenario::Source { path: scenarios!(@path $folder $module ".go") },
            main: || Box::pin($module::main()),
        }),+];

        pub(super) static TEXTS: &[(&str, &str)] = &[$(
            (scenarios!(@path $folder $module ".rs"), include_str!(concat!(stringify!($module), ".rs"))),
            (scenarios!(@path $folder $module ".go"), include_str!(concat!(stringify!($module), ".go"))),
        )+];
    };
    (@path $folder:literal $module:ident $end:literal) => {
        concat!("src/scenario/", $folder, "/", stringify!($module), $end)
    };
    (@) => { None };
    (@ $expects:expr) => { Some($expects) };
}
