//! How shared objects are held and touched.

/// What kind of lock is held, or asked for.
///
/// ```
/// use fanin::probe::LockKind;
/// assert!(LockKind::Write.is_exclusive() && !LockKind::Read.is_exclusive());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "sim", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum LockKind {
    /// That of a mutex.
    Mutex,
    /// That of the one writer of a read-write lock.
    Write,
    /// That of one of the readers of a read-write lock.
    Read,
    /// That of the caller who runs the function of a once; the others wait for its end.
    Once,
}

impl LockKind {
    /// True if nobody else can hold the same object meanwhile.
    ///
    /// ```
    /// use fanin::probe::LockKind;
    /// assert!(LockKind::Mutex.is_exclusive() && !LockKind::Read.is_exclusive());
    /// ```
    pub fn is_exclusive(self) -> bool {
        self != Self::Read
    }

    /// Go's word for a task that waits for it, as in its goroutine dump.
    ///
    /// ```
    /// assert_eq!(fanin::probe::LockKind::Read.wait_reason(), "sync.RWMutex.RLock");
    /// ```
    pub fn wait_reason(self) -> &'static str {
        match self {
            Self::Mutex | Self::Once => "sync.Mutex.Lock",
            Self::Write => "sync.RWMutex.Lock",
            Self::Read => "sync.RWMutex.RLock",
        }
    }
}

/// How an operation that cannot wait touches the content of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "sim", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Access {
    /// It looks, and changes nothing.
    Read,
    /// It changes, and does not look.
    Write,
    /// It looks and changes in one.
    Update,
}
