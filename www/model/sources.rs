//! The gallery's source files, as the site holds them: one text, in which each follows a line with its path.

/// Source files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sources(Vec<(String, String)>);

impl Sources {
    /// Reads what `www/sources.sh` wrote.
    pub fn read(text: &str) -> Self {
        let text = format!("\n{text}");
        let files = text.split("\n==> ").filter_map(|file| file.split_once(" <==\n"));
        Self(files.map(|(path, text)| (path.to_owned(), text.to_owned())).collect())
    }

    /// All of a file.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.0.iter().find(|file| file.0 == path).map(|(_, text)| text.as_str())
    }
}
