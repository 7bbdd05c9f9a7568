//! What the page shows and how it changes, as plain data.
//!
//! No Yew and no browser here: everything is a function of values, and is tested natively.

pub mod channel;
pub mod chart;
pub mod editor;
pub mod escape;
pub mod keys;
pub mod lane;
pub mod link;
pub mod look;
pub mod message;
pub mod order;
pub mod params;
pub mod playback;
pub mod sentence;
pub mod session;
pub mod sources;
pub mod spark;
pub mod syntax;
pub mod view;
pub mod words;
