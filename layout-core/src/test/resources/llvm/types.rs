// Types of Rust for layouts.
use std::sync::atomic::AtomicU32;

pub struct Small(pub u8, pub u32);

#[repr(C)]
pub struct Plain {
    pub a: u8,
    pub b: u64,
}

#[repr(align(64))]
pub struct Apart {
    pub count: AtomicU32,
}

pub enum Shape {
    Circle { radius: u32 },
    Square(u16, u64),
    Nothing,
}

pub struct All<T> {
    pub small: Small,
    pub plain: Plain,
    pub apart: Apart,
    pub shape: Shape,
    pub maybe: Option<Box<u64>>,
    pub text: String,
    pub value: T,
}

#[inline(never)]
pub fn touch(all: &All<u16>) -> u64 {
    all.plain.b + all.value as u64 + all.small.1 as u64 + all.text.len() as u64
}
