package dev.faultline.source.dwarf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.layout.StructLayout;
import dev.faultline.testing.NativeCompiler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All types of a Rust program, those of the standard library that it uses included, are as rustc prints them. */
@Tag("slow")
@Tag("native")
class RustAgainstCompilerTest {

    private static final String PROGRAM = """
            use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
            use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
            use std::sync::{mpsc, Arc, Barrier, Condvar, Mutex, Once, RwLock};

            #[allow(dead_code)]
            enum Event<K, V> { Insert { key: K, value: V }, Remove(K), Many(Vec<(K, V)>), Clear }

            #[allow(dead_code)]
            enum Tree<T> { Leaf, Node(Box<Tree<T>>, T, Box<Tree<T>>) }

            #[allow(dead_code)]
            struct Cache<K, V> {
                hits: AtomicU64, misses: AtomicU32, map: RwLock<HashMap<K, V>>, queue: Mutex<VecDeque<Event<K, V>>>,
                ready: Condvar, once: Once, barrier: Barrier, last: Option<Arc<Mutex<Event<K, V>>>>, tree: Tree<u16>,
            }

            async fn step(x: u64) -> u64 { x + 1 }

            async fn flow((a, b): (u64, u32), name: String) -> u64 {
                let first = step(a).await;
                let all = [first; 8];
                let text = name;
                step(all[3] + u64::from(b)).await + text.len() as u64
            }

            #[inline(never)]
            fn keep<T>(value: &T) -> usize { std::mem::size_of_val(value) }

            fn main() {
                let cache: Arc<Cache<String, Vec<u8>>> = Arc::new(Cache {
                    hits: AtomicU64::new(0), misses: AtomicU32::new(0), map: RwLock::new(HashMap::new()),
                    queue: Mutex::new(VecDeque::new()), ready: Condvar::new(), once: Once::new(),
                    barrier: Barrier::new(1), last: None, tree: Tree::Leaf,
                });
                let (sender, receiver) = mpsc::channel::<Event<String, Vec<u8>>>();
                let other = cache.clone();
                let thread = std::thread::spawn(move || {
                    while let Ok(event) = receiver.recv() {
                        other.queue.lock().unwrap().push_back(event);
                        other.hits.fetch_add(1, Ordering::Relaxed);
                    }
                });
                sender.send(Event::Remove("a".to_string())).unwrap();
                drop(sender);
                thread.join().unwrap();
                let words: BTreeMap<String, u8> = BTreeMap::new();
                let set: HashSet<(u8, u64)> = HashSet::new();
                let object: Box<dyn std::fmt::Debug> = Box::new(7u8);
                let future = flow((1, 2), "b".to_string());
                println!("{} {:?}", keep(&cache) + keep(&words) + keep(&set) + keep(&future), object);
            }
            """;

    @TempDir
    Path directory;

    @Test
    void every_type_of_a_program_is_as_rustc_prints_it() throws Exception {
        assumeTrue(NativeCompiler.has("rustc"), "rustc is not installed");
        Files.writeString(directory.resolve("cache.rs"), PROGRAM);
        String printed = rustc();

        Map<String, List<StructLayout>> all = ReadDwarf.all(directory.resolve("cache"));
        RustSizes sizes = RustSizes.of(printed, all.values());

        assertThat(sizes.differences()).isEmpty();
        assertThat(sizes.compared())
                .hasSizeGreaterThan(200)
                .contains(
                        "Cache<String,Vec<u8>>",
                        "Event<String,Vec<u8>>",
                        "Tree<u16>",
                        "Option<Arc<Mutex<Event<String," + "Vec<u8>>>>>");
    }

    /** {@return what rustc prints of the layout of types; the variable lets a released compiler do so} */
    private String rustc() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                "rustc", "--edition", "2021", "-C", "debuginfo=2", "-Z", "print-type-sizes", "-o", "cache", "cache.rs");
        builder.environment().put("RUSTC_BOOTSTRAP", "1");
        Path log = directory.resolve("log");
        Process process = builder.directory(directory.toFile())
                .redirectError(log.toFile())
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(() -> read(log)).isZero();
        return printed;
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }
}
