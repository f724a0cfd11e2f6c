package dev.faultline.input;

import dev.faultline.api.Internal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A node of a YAML document that knows its line and column. Aliases are refused; nesting and the number of values are
 * limited before the tree is built.
 */
@Internal
public final class YamlTree {

    private static final int MOST_CHARACTERS = 16 << 20;
    private static final int DEEPEST = 32;
    private static final int MOST_VALUES = 500_000;
    private static final int LONGEST_SHOWN = 60;

    private final String source;
    private final Node node;
    private final String what;
    private final Node key;

    private YamlTree(String source, Node node, String what) {
        this(source, node, what, node);
    }

    private YamlTree(String source, Node node, String what, Node key) {
        this.source = source;
        this.node = node;
        this.what = what;
        this.key = key;
    }

    /**
     * Reads a text.
     *
     * @param source the name of the text in messages
     * @param yaml the text, at most 16 Mi characters and 500,000 words, lists and mappings
     * @param what what the text should be, in a word, such as {@code "profile"}
     * @return its root
     * @throws InputException when it is not YAML, is empty or too long, has aliases or too many values, or is nested
     *     too deep
     */
    public static YamlTree parse(String source, String yaml, String what) {
        if (yaml.length() > MOST_CHARACTERS) {
            throw new InputException(
                    source, "", yaml.length() + " characters; a " + what + " has at most " + MOST_CHARACTERS);
        }
        LoadSettings settings = LoadSettings.builder()
                .setLabel(source)
                .setCodePointLimit(MOST_CHARACTERS)
                .setAllowDuplicateKeys(false)
                .build();
        try {
            bound(source, new Parse(settings).parseString(yaml));
            Optional<Node> root = new Compose(settings).composeString(yaml);
            return new YamlTree(
                    source, root.orElseThrow(() -> new InputException(source, "", "empty; expected a " + what)), what);
        } catch (MarkedYamlEngineException broken) {
            throw new InputException(
                    source, broken.getProblemMark().map(YamlTree::place).orElse(""), oneLine(broken.getProblem()));
        } catch (YamlEngineException broken) {
            throw new InputException(source, "", "not YAML: " + oneLine(String.valueOf(broken.getMessage())));
        } catch (NumberFormatException cut) { // thrown by the library for an escape at the end of the text
            throw new InputException(source, "", "not YAML: an escape (\\x, \\u) without its digits");
        }
    }

    private static void bound(String source, Iterable<Event> events) {
        int depth = 0;
        int values = 0;
        for (Event event : events) {
            String place = event.getStartMark().map(YamlTree::place).orElse("");
            if (event instanceof AliasEvent) {
                throw new InputException(source, place, "an alias (*), which is not supported; write the value out");
            }
            if (event instanceof CollectionStartEvent && ++depth > DEEPEST) {
                throw new InputException(source, place, "nested deeper than " + DEEPEST + " levels");
            }
            if (event instanceof CollectionEndEvent) {
                depth--;
            } else if (++values > MOST_VALUES) {
                throw new InputException(
                        source, place, "more than " + MOST_VALUES + " words, lists and mappings; split the file");
            }
        }
    }

    private static String oneLine(String text) {
        return text.lines().findFirst().orElse("not YAML");
    }

    private static String place(Mark mark) {
        return "line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1);
    }

    /** {@return the place of this node: {@code "line 3, column 5"}} */
    public String place() {
        return node.getStartMark().map(YamlTree::place).orElse("");
    }

    /** {@return an error at this place} */
    public InputException problem(String text) {
        return new InputException(source, place(), text);
    }

    private InputException expected(String kind) {
        return problem(what + ": expected " + kind + ", found " + found());
    }

    private String found() {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue().isBlank() ? "nothing" : "the word `" + shortened(scalar.getValue()) + "`";
        }
        return node instanceof MappingNode ? "a mapping" : "a list";
    }

    private static String shortened(String text) {
        return text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "..." : text;
    }

    /** {@return the entries of this mapping in order; throws {@link InputException} when it is not a mapping} */
    public Map<String, YamlTree> mapping() {
        if (!(node instanceof MappingNode mapping)) {
            throw expected("a mapping");
        }
        Map<String, YamlTree> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            YamlTree key = new YamlTree(source, tuple.getKeyNode(), "a key of " + what);
            String name = key.word();
            if (entries.put(name, new YamlTree(source, tuple.getValueNode(), name, tuple.getKeyNode())) != null) {
                throw key.problem("`" + name + "` is given twice");
            }
        }
        return entries;
    }

    /** {@return the entries of this mapping; throws {@link InputException} for keys other than these} */
    public Map<String, YamlTree> mapping(List<String> keys) {
        Map<String, YamlTree> entries = mapping();
        for (Map.Entry<String, YamlTree> entry : entries.entrySet()) {
            if (!keys.contains(entry.getKey())) {
                throw new YamlTree(source, entry.getValue().key, what)
                        .problem(what + ": unknown key `" + entry.getKey() + "`" + Nearest.hint(entry.getKey(), keys)
                                + "; known are " + String.join(", ", keys));
            }
        }
        return entries;
    }

    /**
     * {@return the entries of this mapping that have known keys}
     *
     * @param known the keys it may have
     * @param required those of them that it must have
     * @param problems receives a problem for each key that is unknown, missing or given twice
     * @throws InputException when it is not a mapping
     */
    public YamlEntries entries(List<String> known, List<String> required, InputProblems problems) {
        if (!(node instanceof MappingNode mapping)) {
            throw problem(what + ": expected a mapping with " + keys(required.isEmpty() ? known : required) + ", found "
                    + found());
        }
        Map<String, YamlTree> entries = new LinkedHashMap<>();
        List<String> missing = new ArrayList<>(required);
        boolean unknown = false;
        for (NodeTuple tuple : mapping.getValue()) {
            YamlTree at = new YamlTree(source, tuple.getKeyNode(), "a key of " + what);
            Optional<String> name = problems.attempt(at::word);
            if (name.isEmpty()) {
                unknown = true;
            } else if (!known.contains(name.get())) {
                problems.add(at.problem(what + ": unknown key `" + name.get() + "`" + Nearest.hint(name.get(), known)
                        + "; known are " + String.join(", ", known)));
                unknown |= !missing.removeAll(Nearest.of(name.get(), known)); // one mistake is told once
            } else if (entries.put(
                            name.get(), new YamlTree(source, tuple.getValueNode(), name.get(), tuple.getKeyNode()))
                    != null) {
                unknown = true;
                problems.add(at.problem("`" + name.get() + "` is given twice"));
            } else {
                missing.remove(name.get());
            }
        }
        missing.forEach(key -> problems.add(problem(what + ": `" + key + "` is missing")));
        return new YamlEntries(entries, unknown);
    }

    private static String keys(List<String> keys) {
        return (keys.size() == 1 ? "the key " : "the keys ") + String.join(", ", keys);
    }

    /**
     * {@return the entries of this mapping from names to values, in order}
     *
     * @param example what is expected, such as {@code "run: [producer, consumer]"}
     * @param problems receives a problem for each name that is given twice or is none
     * @throws InputException when it is not a mapping
     */
    public Map<String, YamlTree> named(String example, InputProblems problems) {
        if (!(node instanceof MappingNode mapping)) {
            throw problem(what + ": expected a mapping such as `" + example + "`, found " + found());
        }
        Map<String, YamlTree> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            YamlTree at = new YamlTree(source, tuple.getKeyNode(), "a name in " + what);
            problems.attempt(at::word).ifPresent(name -> {
                YamlTree value = new YamlTree(source, tuple.getValueNode(), name, tuple.getKeyNode());
                if (entries.putIfAbsent(name, value) != null) {
                    problems.add(at.problem("`" + name + "` is given twice"));
                }
            });
        }
        return entries;
    }

    /** {@return where the key of this value is: {@code "line 3, column 5"}} */
    public String keyPlace() {
        return key.getStartMark().map(YamlTree::place).orElse("");
    }

    /** {@return the value of a key; throws {@link InputException} when it is missing} */
    public YamlTree required(Map<String, YamlTree> entries, String key) {
        YamlTree value = entries.get(key);
        if (value == null) {
            throw problem(what + ": `" + key + "` is missing");
        }
        return value;
    }

    /** {@return the items of this list; throws {@link InputException} when it is not a list} */
    public List<YamlTree> list() {
        if (!(node instanceof SequenceNode sequence)) {
            throw expected("a list");
        }
        List<YamlTree> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            items.add(new YamlTree(source, item, "an item of " + what));
        }
        return items;
    }

    public boolean isList() {
        return node instanceof SequenceNode;
    }

    public boolean isMapping() {
        return node instanceof MappingNode;
    }

    /** {@return the text of this scalar; throws {@link InputException} when it is blank or not a scalar} */
    public String word() {
        String text = text();
        if (text.isBlank()) {
            throw problem(what + ": expected a word, found nothing");
        }
        return text;
    }

    /** {@return the text of this scalar, which may be blank; throws {@link InputException} when it is not a scalar} */
    public String text() {
        if (!(node instanceof ScalarNode scalar)) {
            throw expected("a word");
        }
        return scalar.getValue();
    }
}
