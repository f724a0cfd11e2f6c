// Functions whose accesses are written down: //= FUNCTION: STRUCT.FIELD KIND [loop], ...
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

pub struct Ring<T> {
    pub head: AtomicU64,
    pub tail: AtomicU64,
    pub last: T,
}

//= ring_push: functions::Ring<u32>.tail read, functions::Ring<u32>.last write, functions::Ring<u32>.head rmw
#[inline(never)]
pub fn ring_push(ring: &mut Ring<u32>, value: u32) -> u64 {
    let tail = ring.tail.load(Ordering::Acquire);
    ring.last = value;
    ring.head.fetch_add(1, Ordering::Release);
    tail
}

//= ring_pop: functions::Ring<u64>.head read, functions::Ring<u64>.tail write, functions::Ring<u64>.last read
#[inline(never)]
pub fn ring_pop(ring: &Ring<u64>) -> u64 {
    let head = ring.head.load(Ordering::Acquire);
    ring.tail.store(head, Ordering::Release);
    ring.last
}

pub struct Flag {
    pub ready: AtomicBool,
    pub value: u64,
}

//= flag_wait: functions::Flag.ready read loop, functions::Flag.value read
#[inline(never)]
pub fn flag_wait(flag: &Flag) -> u64 {
    while !flag.ready.load(Ordering::Acquire) {}
    flag.value
}

pub struct Stripe {
    pub count: AtomicU64,
    pub spare: [u64; 7],
}

pub struct Stripes {
    pub all: [Stripe; 8],
}

//= stripes_add: functions::Stripes.all rmw, functions::Stripe.count rmw
#[inline(never)]
pub fn stripes_add(stripes: &Stripes, cpu: usize) {
    stripes.all[cpu & 7].count.fetch_add(1, Ordering::Relaxed);
}

//= count_up: functions::Stripe.count read, functions::Stripe.count cas-loop loop
#[inline(never)]
pub fn count_up(stripe: &Stripe, most: u64) -> bool {
    let mut old = stripe.count.load(Ordering::Relaxed);
    loop {
        if old >= most {
            return false;
        }
        match stripe.count.compare_exchange_weak(old, old + 1, Ordering::AcqRel, Ordering::Relaxed) {
            Ok(_) => return true,
            Err(now) => old = now,
        }
    }
}
