//! How fast a recording is played.

/// The pace of playback: the recording itself knows no pace.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Speed {
    Half,
    #[default]
    One,
    Two,
    Eight,
    /// As fast as the page can draw.
    Max,
}

impl Speed {
    pub const ALL: [Self; 5] = [Self::Half, Self::One, Self::Two, Self::Eight, Self::Max];

    pub fn label(self) -> &'static str {
        match self {
            Self::Half => "0.5×",
            Self::One => "1×",
            Self::Two => "2×",
            Self::Eight => "8×",
            Self::Max => "max",
        }
    }

    /// Milliseconds between two ticks.
    pub fn period(self) -> u32 {
        match self {
            Self::Half => 500,
            Self::One => 250,
            Self::Two => 125,
            Self::Eight => 31,
            Self::Max => 16,
        }
    }

    /// Steps in one tick. Bounded even so, so that a long run never holds up the page.
    pub fn steps(self) -> u32 {
        if self == Self::Max { 128 } else { 1 }
    }
}
