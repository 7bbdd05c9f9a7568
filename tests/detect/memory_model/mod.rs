//! Each rule of Go's memory model: a program that is free of races by this rule alone, and one that lacks it
//! and has a race; under any schedule, since what counts is the order that operations give.
//!
//! A sleep orders nothing: where a program has to come to a certain point first, it gives it time.

mod atomics;
mod channels;
mod locks;
mod tasks;
mod time;

use super::support::{free, races, racy, sleep_ms};
