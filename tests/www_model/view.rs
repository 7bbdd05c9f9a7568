//! The fold, on recordings of real runs.
