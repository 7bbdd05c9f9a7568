//! The clock: the system's, or in wasm the one that JavaScript lends.

/// Measures from its start.
pub(crate) struct Clock(Moment);

#[cfg(not(target_arch = "wasm32"))]
type Moment = std::time::Instant;

#[cfg(not(target_arch = "wasm32"))]
impl Clock {
    #[allow(clippy::disallowed_methods, reason = "a benchmark reads the real clock")]
    pub(crate) fn start() -> Self {
        Self(Moment::now())
    }

    pub(crate) fn nanos(&self) -> f64 {
        self.0.elapsed().as_nanos() as f64
    }
}

#[cfg(target_arch = "wasm32")]
type Moment = f64;

#[cfg(target_arch = "wasm32")]
#[link(wasm_import_module = "bench")]
unsafe extern "C" {
    /// `performance.now()`, in milliseconds.
    safe fn now() -> f64;
}

#[cfg(target_arch = "wasm32")]
impl Clock {
    pub(crate) fn start() -> Self {
        Self(now())
    }

    pub(crate) fn nanos(&self) -> f64 {
        (now() - self.0) * 1e6
    }
}
