//! The files of the package as text.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// A file of the package.
pub struct Source {
    /// From the root of the package, with slashes.
    pub path: String,
    pub text: String,
}

impl Source {
    pub fn new(path: &str, text: &str) -> Self {
        Self { path: path.into(), text: text.into() }
    }

    pub fn is_in(&self, folders: &[&str]) -> bool {
        folders.iter().any(|folder| self.path.starts_with(folder))
    }

    /// What the compiler sees outside of the unit tests: without comments and the insides of strings.
    pub fn code(&self) -> String {
        let code = blank(&self.text);
        code.split("#[cfg(test)]").next().unwrap_or_default().to_string()
    }

    /// The numbered lines of the code in which one of the words stands.
    pub fn uses(&self, words: &[&str], why: &str) -> Vec<String> {
        let code = self.code();
        let lines = code.lines().enumerate();
        lines
            .flat_map(|(i, line)| words.iter().filter(|w| has_word(line, w)).map(move |w| (i, *w)))
            .map(|(i, word)| format!("{}:{}: `{word}`: {why}", self.path, i + 1))
            .collect()
    }
}

/// Whether `word` stands in `line` as a whole: no letter, digit or underscore on either side.
pub fn has_word(line: &str, word: &str) -> bool {
    let part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    line.match_indices(word)
        .any(|(at, _)| !part(line[..at].chars().next_back()) && !part(line[at + word.len()..].chars().next()))
}

/// The same text with spaces for comments and for what stands in string literals.
fn blank(text: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(c) = rest.chars().next() {
        let token = match c {
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |at| at + 2),
            'r' if rest.starts_with("r\"") => end_of(rest, 2, "\""),
            'r' if rest.starts_with("r#\"") => end_of(rest, 3, "\"#"),
            '"' => end_of_string(rest),
            '\'' if rest.starts_with("'\"'") => 3,
            '\'' if rest.starts_with("'\\") => end_of(rest, 3, "'"),
            _ => 0,
        };
        if token == 0 {
            out.push(c);
            rest = &rest[c.len_utf8()..];
        } else {
            out.extend(rest[..token].chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
            rest = &rest[token..];
        }
    }
    out
}

fn end_of(text: &str, from: usize, end: &str) -> usize {
    text[from..].find(end).map_or(text.len(), |at| from + at + end.len())
}

fn end_of_string(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// Every file of the package with one of these extensions.
pub fn files(extensions: &[&str]) -> Vec<Source> {
    fn visit(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy();
            match path.is_dir() {
                true if ["target", "dist", "node_modules", ".git"].contains(&&*name) => {}
                true => visit(&path, found),
                false => found.push(path),
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    visit(root, &mut paths);
    paths.sort();
    paths.retain(|p| p.extension().is_some_and(|e| extensions.contains(&&*e.to_string_lossy())));
    let path = |p: &Path| p.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
    paths.iter().map(|p| Source { path: path(p), text: fs::read_to_string(p).unwrap() }).collect()
}

pub fn file(path: &str) -> Source {
    Source::new(path, &fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap())
}
