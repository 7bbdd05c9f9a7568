//! Each kernel's bug is found, and nothing in its repaired form.
#![cfg(not(target_arch = "wasm32"))] // Searches; what they prove does not depend on the target.

#[path = "../examples/kernels/registry.rs"]
mod registry;

use registry::{Form, KERNELS, kinds};

#[test]
fn each_bug_is_found() {
    for kernel in KERNELS {
        let report = kernel.explore(Form::Buggy);
        assert_eq!(kernel.judge(Form::Buggy, &report), Ok(()));
        assert!(!kinds(&report).is_empty(), "{}", kernel.id);
    }
}

#[test]
fn nothing_is_found_in_a_repaired_form() {
    for kernel in KERNELS {
        let report = kernel.explore(Form::Repaired);
        assert_eq!(kernel.judge(Form::Repaired, &report), Ok(()));
    }
}
