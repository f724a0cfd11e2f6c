//! Types whose layout rustc chooses; `describe` names them, so that they are in the debug information.
//!
//! Made with rustc 1.95.0, for N = 4 and 5, and once more with RUSTC_BOOTSTRAP=1, -Zprint-type-sizes > shapes.sizes:
//!
//!     rustc --edition 2021 --crate-type lib -C debuginfo=2 -C panic=abort -C codegen-units=1 -C dwarf-version=N \
//!         --remap-path-prefix=$PWD=. --emit obj=shapes-N.o shapes.rs
//!     objcopy --compress-debug-sections=zlib shapes-N.o
#![no_std]
#![allow(dead_code, improper_ctypes_definitions)]
use core::cell::{Cell, UnsafeCell};
use core::num::NonZeroU32;
use core::sync::atomic::{AtomicBool, AtomicPtr, AtomicU64};

pub mod inner {
    pub struct Ring<T, const N: usize> {
        pub head: u64,
        pub slots: [T; N],
        pub tail: u64,
    }
}

pub struct Reordered {
    a: u8,
    b: u64,
    c: u8,
    d: u32,
}

#[repr(C)]
pub struct InOrder {
    a: u8,
    b: u64,
    c: u8,
    d: u32,
}

#[repr(C, packed)]
pub struct Packed {
    a: u8,
    b: u64,
    c: u64,
}

#[repr(align(64))]
pub struct Aligned {
    a: u8,
}

pub struct Tuple(pub u32, pub bool);

pub union Word {
    number: u32,
    bytes: [u8; 7],
}

pub enum Colour {
    Red,
    Green,
}

pub enum Job {
    Run { fast: bool, id: u64, at: u64 },
    Wait(u32),
    Idle,
}

/// Keeps which variant it is in values that the discriminant of a `Job` does not use.
pub enum Nested {
    In(Job),
    Other(bool),
    Nothing,
}

pub enum Single {
    Only(u32, u8),
}

pub enum Never {}

#[repr(C)]
pub enum InC {
    Small(u8),
    Pair(u32, u64),
    Nothing,
}

#[repr(u16)]
pub enum Wide {
    Small(u8),
    Pair(u32, u64),
    Nothing,
}

pub trait Speak {
    fn speak(&self) -> u32;
}

pub struct Views<'a> {
    slice: &'a [u8],
    text: &'a str,
    object: &'a dyn Speak,
    constant: *const u8,
    mutable: *mut Tuple,
    function: fn(u32) -> bool,
    reference: Option<&'a u64>,
    number: Option<NonZeroU32>,
    letter: Option<char>,
    flag: Option<Option<bool>>,
    wide: Option<u128>,
    colour: Colour,
    some: Option<Colour>,
    pair: (u32, bool),
    grid: [[u16; 3]; 2],
    unit: (),
    never: Option<Never>,
}

pub struct Shared {
    hits: AtomicU64,
    ready: AtomicBool,
    first: AtomicPtr<Tuple>,
    count: Cell<u32>,
    raw: UnsafeCell<Job>,
}

pub async fn step(x: u64) -> u64 {
    x
}

pub async fn flow(a: u64) -> u64 {
    let first = step(a).await;
    let all = [first; 8];
    step(all[3]).await + all[0]
}

pub fn describe(
    _: &inner::Ring<u64, 4>,
    _: &inner::Ring<Tuple, 2>,
    _: (&Reordered, &InOrder, &Packed, &Aligned, &Word),
    _: (&Job, &Nested, &Single, &Never, &InC, &Wide),
    _: &Views,
    _: &Shared,
) {
    let start = 1u64;
    keep(&|more: u8| start + u64::from(more));
    keep(&flow(1));
}

#[inline(never)]
fn keep<T>(_: &T) {}
