package dev.faultline.source.jvm.store;

import dev.faultline.api.Internal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The classes of several stores, which are searched in order, as a VM searches its class path. */
@Internal
public final class ClassPath implements ClassStore {

    private static final int MOST_NAMED = 3;

    /**
     * A store and its name in messages.
     *
     * @param source the name
     * @param store the classes
     */
    public record Entry(String source, ClassStore store) {}

    private final List<Entry> entries;
    private final List<String> unread;
    private Map<String, Entry> homes;
    private String duplicates = "";

    /**
     * @param entries the stores, in order
     * @param unread a line for each jar that belongs to the path and could not be read
     */
    public ClassPath(List<Entry> entries, List<String> unread) {
        this.entries = List.copyOf(entries);
        this.unread = List.copyOf(unread);
    }

    @Override
    public List<String> names() {
        return List.copyOf(homes().keySet());
    }

    private synchronized Map<String, Entry> homes() {
        if (homes == null) {
            Map<String, Entry> found = new LinkedHashMap<>();
            List<String> again = new ArrayList<>();
            int count = 0;
            for (Entry entry : entries) {
                for (String name : entry.store().names()) {
                    Entry first = found.putIfAbsent(name, entry);
                    if (first != null && ++count <= MOST_NAMED) {
                        again.add(name.replace('/', '.') + " of " + first.source() + ", not of " + entry.source());
                    }
                }
            }
            duplicates = count == 0 ? "" : duplicates(count, again);
            homes = found;
        }
        return homes;
    }

    private static String duplicates(int count, List<String> some) {
        return count + (count == 1 ? " class occurs" : " classes occur")
                + " more than once on the class path, and the first counts: " + String.join("; ", some)
                + (count > MOST_NAMED ? "; ..." : "");
    }

    @Override
    public Optional<Content> find(String internalName) {
        for (Entry entry : entries) {
            Optional<Content> content = entry.store().find(internalName);
            if (content.isPresent()) {
                return content;
            }
        }
        return Optional.empty();
    }

    @Override
    public List<String> codeNames() {
        Map<String, Boolean> names = new LinkedHashMap<>();
        entries.forEach(entry -> entry.store().codeNames().forEach(name -> names.put(name, true)));
        return List.copyOf(names.keySet());
    }

    @Override
    public boolean isWhole() {
        return entries.stream().allMatch(entry -> entry.store().isWhole());
    }

    @Override
    public List<String> packageOf(String internalName) {
        return entries.stream()
                .flatMap(entry -> entry.store().packageOf(internalName).stream())
                .distinct()
                .toList();
    }

    @Override
    public ClassStore at(int release) {
        boolean same = true;
        List<Entry> others = new ArrayList<>();
        for (Entry entry : entries) {
            ClassStore other = entry.store().at(release);
            same &= other == entry.store();
            others.add(new Entry(entry.source(), other));
        }
        return same ? this : new ClassPath(others, unread);
    }

    @Override
    public Optional<String> home(String internalName) {
        return Optional.ofNullable(homes().get(internalName)).map(Entry::source);
    }

    @Override
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        entries.forEach(entry -> notes.addAll(entry.store().notes()));
        homes();
        if (!duplicates.isEmpty()) {
            notes.add(duplicates);
        }
        return notes;
    }

    @Override
    public List<String> unread() {
        List<String> lines = new ArrayList<>(unread);
        entries.forEach(entry -> lines.addAll(entry.store().unread()));
        return lines;
    }

    @Override
    public void checkBudget() {
        entries.forEach(entry -> entry.store().checkBudget());
    }

    @Override
    public boolean trusted() {
        return false;
    }

    @Override
    public ClassLoader loader() {
        return new StoreClassLoader(this);
    }
}
