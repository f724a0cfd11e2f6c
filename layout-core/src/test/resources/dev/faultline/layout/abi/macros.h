#include <stddef.h>
#include <stdint.h>
#include <stdbool.h>
#include <stdarg.h>
#include <uchar.h>
#include <time.h>
#include <setjmp.h>
#include <signal.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <netinet/in.h>
#include <sys/types.h>
typedef uint8_t u8; typedef uint32_t u32; typedef uint64_t u64; typedef uint64_t __u64; typedef uint16_t u16;
#define __packed __attribute__((packed))
#define __aligned(n) __attribute__((aligned(n)))
#define __aligned_u64 uint64_t __attribute__((aligned(8)))
#define ____cacheline_aligned __attribute__((aligned(64)))
#define ____cacheline_aligned_in_smp __attribute__((aligned(64)))
#define ____cacheline_internodealigned_in_smp __attribute__((aligned(64)))
#define __cacheline_aligned __attribute__((aligned(64)))
#define __rte_cache_aligned __attribute__((aligned(64)))
#define __rte_aligned(n) __attribute__((aligned(n)))
#define __rte_packed __attribute__((packed))
#define pg_attribute_aligned(n) __attribute__((aligned(n)))
#define L1_CACHE_BYTES 64
#define DECLARE_BITMAP(name, bits) unsigned long name[(bits + 63) / 64]
#define DECLARE_FLEX_ARRAY(type, name) struct { struct { } empty_##name; type name[]; }
#define struct_group(name, ...) union { struct { __VA_ARGS__ }; struct { __VA_ARGS__ } name; }
#define struct_group_tagged(tag, name, ...) union { struct { __VA_ARGS__ }; struct tag { __VA_ARGS__ } name; }
#define CACHELINE_PADDING(name) struct { char x[0]; } ____cacheline_aligned name
#define __cacheline_group_begin(name) uint8_t __cacheline_group_begin__##name[0]
#define __cacheline_group_end(name) uint8_t __cacheline_group_end__##name[0]
#define __user
#define __rcu
#define __percpu
#define __iomem
#define __private
#define __counted_by(n)
#define __no_randomize_layout
#define BITS_TO_LONGS(n) (((n) + 63) / 64)
