//! The table of a chapter.

/// A row is a module and what is said about it. The module is what runs and what is shown.
macro_rules! scenarios {
    (in $folder:literal; $($module:ident {
        id: $id:literal,
        rows: $rows:expr,
        form: $form:expr,
        title: $title:literal,
        about: $about:literal,
    })+) => {
        $(mod $module;)+

        pub(super) static ROWS: &[crate::scenario::Scenario] = &[$(crate::scenario::Scenario {
            id: $id,
            rows: &$rows,
            title: $title,
            about: $about,
            form: $form,
            rust: crate::scenario::Source {
                path: concat!("src/scenario/", $folder, "/", stringify!($module), ".rs"),
                text: include_str!(concat!(stringify!($module), ".rs")),
            },
            go: crate::scenario::Source {
                path: concat!("src/scenario/", $folder, "/", stringify!($module), ".go"),
                text: include_str!(concat!(stringify!($module), ".go")),
            },
            main: || Box::pin($module::main()),
        }),+];
    };
}
