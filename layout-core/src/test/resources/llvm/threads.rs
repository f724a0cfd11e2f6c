// Threads of Rust.
use std::sync::atomic::{AtomicU64, Ordering};

pub struct Work {
    pub produced: AtomicU64,
    pub consumed: AtomicU64,
}

#[inline(never)]
pub fn next() -> u64 {
    std::hint::black_box(1)
}

pub fn start(work: &'static Work) {
    std::thread::spawn(move || {
        while next() > 0 {
            work.produced.fetch_add(next(), Ordering::Relaxed);
        }
    });
    std::thread::spawn(move || {
        while next() > 0 {
            work.consumed.fetch_add(next(), Ordering::Relaxed);
        }
    });
}
