//! The icons: lines on a grid of 16, in the colour of the text around them.

use yew::prelude::*;

/// What an icon shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glyph {
    Logo,
    Play,
    Pause,
    Forward,
    Back,
    Start,
    End,
    Running,
    Ready,
    Send,
    Recv,
    Wait,
    Sleep,
    Ended,
    Fault,
    Leak,
    Check,
    Up,
    Down,
    Close,
    Plus,
    Undo,
    Redo,
    Dice,
    Share,
    Sun,
    Moon,
    System,
    Warning,
    Look,
}

impl Glyph {
    fn path(self) -> &'static str {
        match self {
            Self::Logo => {
                "M1 3c4 0 4 5 8 5M1 8h8M1 13c4 0 4-5 8-5M11.5 8a1.75 1.75 0 1 0 3.5 0a1.75 1.75 0 1 0-3.5 0"
            }
            Self::Play | Self::Running | Self::Ready => "M4.5 2.5v11l9-5.5z",
            Self::Pause => "M5 3v10M11 3v10",
            Self::Forward => "M4 3v10l6-5zM12.5 3v10",
            Self::Back => "M12 3v10L6 8zM3.5 3v10",
            Self::Start => "M8 3L3.5 8L8 13M13 3L8.5 8l4.5 5",
            Self::End => "M8 3l4.5 5L8 13M3 3l4.5 5L3 13",
            Self::Send => "M2 8h8M7 4.5L10.5 8L7 11.5M13.5 3v10",
            Self::Recv => "M14 8H6M9 4.5L5.5 8L9 11.5M2.5 3v10",
            Self::Wait => {
                "M3.5 2.5h9M3.5 13.5h9M5 2.5c0 3 3 4 3 5.5s-3 2.5-3 5.5M11 2.5c0 3-3 4-3 5.5s3 2.5 3 5.5"
            }
            Self::Sleep => "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2M8 4.5V8l2.5 1.5",
            Self::Ended => "M4 4h8v8H4z",
            Self::Fault => "M3.5 3.5l9 9M12.5 3.5l-9 9",
            Self::Leak | Self::Warning => "M8 2L1.5 13.5h13zM8 6.5v3.2M8 11.6v.2",
            Self::Check => "M2.5 8.5L6.5 12.5L13.5 4",
            Self::Up => "M3.5 10L8 5.5l4.5 4.5",
            Self::Down => "M3.5 6L8 10.5L12.5 6",
            Self::Close => "M4 4l8 8M12 4l-8 8",
            Self::Plus => "M8 3v10M3 8h10",
            Self::Undo => "M5.5 3L2.5 6l3 3M2.5 6h7a4 4 0 0 1 0 8H6",
            Self::Redo => "M10.5 3l3 3l-3 3M13.5 6h-7a4 4 0 0 0 0 8H10",
            Self::Dice => "M3 3h10v10H3zM6 6v.1M10 10v.1M10 6v.1M6 10v.1",
            Self::Share => {
                "M6.5 9.5a3 3 0 0 0 4.2 0l2.4-2.4a3 3 0 0 0-4.2-4.2l-.9.9M9.5 6.5a3 3 0 0 0-4.2 0L2.9 8.9a3 3 0 0 0 4.2 4.2l.9-.9"
            }
            Self::Sun => {
                "M8 5a3 3 0 1 0 0 6a3 3 0 0 0 0-6M8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1.1 1.1M11.9 11.9L13 13M13 3l-1.1 1.1M4.1 11.9L3 13"
            }
            Self::Moon => "M13.5 9.5A6 6 0 0 1 6.5 2.5a5.8 5.8 0 1 0 7 7z",
            Self::Look => "M1.5 8C4 3.5 12 3.5 14.5 8C12 12.5 4 12.5 1.5 8M8 6a2 2 0 1 0 0 4a2 2 0 0 0 0-4",
            Self::System => "M2 3h12v8H2zM6 14h4M8 11v3",
        }
    }

    fn is_solid(self) -> bool {
        matches!(self, Self::Running | Self::Play | Self::Ended)
    }
}

/// An icon; the word that goes with it stands beside it.
pub fn icon(glyph: Glyph, size: u32) -> Html {
    let size = size.to_string();
    let fill = if glyph.is_solid() { "currentColor" } else { "none" };
    html! {
        <svg viewBox="0 0 16 16" width={size.clone()} height={size} aria-hidden="true" fill={fill}
            stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round">
            <path d={glyph.path()} />
        </svg>
    }
}
