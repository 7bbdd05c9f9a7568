//! The browser's event loop as a runtime.
//!
//! Tasks run between the browser's own events; time is the page's monotonic clock, in the browser's
//! millisecond resolution; choices are random. A panic ends the page's program.

use super::{Handle, JoinHandle, Runtime, TimerId, go, time::Instant};
use crate::probe::TaskId;
use futures::future::BoxFuture;
use gloo_timers::callback::Timeout;
use js_sys::{Math, Reflect};
use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    future::Future,
    panic::Location,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, Waker},
};
use wasm_bindgen::{JsCast, JsValue};

/// Starts a program on the browser's event loop; its value can be awaited.
///
/// # Panics
///
/// Where JavaScript has no `performance` clock.
///
/// ```no_run
/// use fanin::{output, rt::browser::spawn, time::sleep};
/// use std::time::Duration;
/// spawn(async {
///     sleep(Duration::from_secs(1)).await;
///     output(&"a second later");
/// });
/// ```
pub fn spawn<F>(main: F) -> JoinHandle<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send,
{
    let _entered = Handle::new(Arc::new(Browser)).enter();
    go(main)
}

#[derive(Debug)]
struct Browser;

thread_local! {
    static TASKS: Cell<u32> = const { Cell::new(0) };
    static NEXT_TIMER: Cell<u64> = const { Cell::new(0) };
    /// A timeout is a JavaScript value, which stays on its thread.
    static TIMERS: RefCell<BTreeMap<u64, Timeout>> = const { RefCell::new(BTreeMap::new()) };
    static CLOCK: web_sys::Performance = Reflect::get(&js_sys::global(), &JsValue::from_str("performance"))
        .expect("JavaScript has a clock")
        .unchecked_into();
}

#[expect(clippy::disallowed_methods, reason = "here the current runtime is the browser")]
impl Runtime for Browser {
    fn spawn(&self, task: BoxFuture<'static, ()>, _: &'static Location<'static>) -> TaskId {
        wasm_bindgen_futures::spawn_local(Task { handle: Handle::current(), running: Some(task) });
        TASKS.set(TASKS.get().wrapping_add(1));
        TaskId(TASKS.get())
    }

    fn now(&self) -> Instant {
        Instant::from_nanos((CLOCK.with(web_sys::Performance::now) * 1e6) as u64)
    }

    fn set_timer(&self, at: Instant, waker: Waker) -> TimerId {
        let id = NEXT_TIMER.get();
        NEXT_TIMER.set(id + 1);
        arm(id, at, waker);
        TimerId(id)
    }

    fn cancel_timer(&self, timer: TimerId) {
        TIMERS.with_borrow_mut(|timers| timers.remove(&timer.0));
    }

    fn choose(&self, n: u32) -> u32 {
        ((Math::random() * f64::from(n)) as u32).min(n - 1)
    }
}

/// A task of the event loop, which knows no runtimes: it is entered on every poll and on the drop.
struct Task {
    handle: Handle,
    running: Option<BoxFuture<'static, ()>>,
}

impl Future for Task {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let this = &mut *self;
        let _entered = this.handle.enter();
        this.running.as_mut().expect("a task is not polled after its end").as_mut().poll(cx)
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        let _entered = self.handle.enter();
        self.running = None;
    }
}

/// The longest timeout that browsers can express; a longer one is taken in parts.
const LONGEST_MS: u32 = i32::MAX as u32;

fn arm(id: u64, at: Instant, waker: Waker) {
    let left = at.since(Browser.now());
    let ms = u32::try_from(left.as_nanos().div_ceil(1_000_000)).unwrap_or(u32::MAX).min(LONGEST_MS);
    let timeout = Timeout::new(ms, move || {
        // The callback owns what this removes: forget it, or it would cancel itself while it runs.
        if let Some(timeout) = TIMERS.with_borrow_mut(|timers| timers.remove(&id)) {
            timeout.forget();
        }
        if Browser.now() < at {
            arm(id, at, waker);
        } else {
            // A timer's own waker looks at the clock.
            let _entered = Handle::new(Arc::new(Browser)).enter();
            waker.wake();
        }
    });
    TIMERS.with_borrow_mut(|timers| timers.insert(id, timeout));
}
