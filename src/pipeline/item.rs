//! What travels through a pipeline.

use std::{fmt, str::FromStr};

use crate::probe::Value;

/// A value, and its place in the order in which the source sent it.
///
/// Stages keep the place, so that the order of the outputs can be read against that of the source.
///
/// ```
/// use fanin::pipeline::Item;
///
/// let item = Item { id: 3, value: 9 };
/// assert_eq!(item.to_string(), "9 (item 3)");
/// assert_eq!(Item::shown(&item.show()), Some(item));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// Counted from 1.
    pub id: u32,
    /// What the stages work on.
    pub value: i64,
}

impl Item {
    /// How a recording shows it.
    ///
    /// ```
    /// use fanin::{pipeline::Item, probe::Value};
    /// assert_eq!(Item { id: 3, value: 9 }.show(), Value::Text("9 (item 3)".into()));
    /// ```
    pub fn show(&self) -> Value {
        Value::Text(self.to_string().into())
    }

    /// The item that a recording shows by this value, if it is one.
    ///
    /// ```
    /// use fanin::{pipeline::Item, probe::Value};
    /// assert_eq!(Item::shown(&Value::Text("9 (item 3)".into())), Some(Item { id: 3, value: 9 }));
    /// assert_eq!(Item::shown(&Value::Int(9)), None);
    /// ```
    pub fn shown(value: &Value) -> Option<Self> {
        if let Value::Text(text) = value { text.parse().ok() } else { None }
    }
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (item {})", self.value, self.id)
    }
}

impl FromStr for Item {
    type Err = NotAnItem;

    fn from_str(text: &str) -> Result<Self, NotAnItem> {
        let (value, id) =
            text.strip_suffix(')').and_then(|text| text.split_once(" (item ")).ok_or(NotAnItem)?;
        Ok(Self { id: id.parse().map_err(|_| NotAnItem)?, value: value.parse().map_err(|_| NotAnItem)? })
    }
}

/// The text does not show an [`Item`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnItem;

impl fmt::Display for NotAnItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an item of a pipeline")
    }
}

impl std::error::Error for NotAnItem {}
