package dev.faultline.layout.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import dev.faultline.input.InputException;
import dev.faultline.input.VisibleText;
import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.Provenance;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.NotationWriter;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** Names and types that would end a comment, a string or a line of a declaration. */
class HostileDeclarationTest {

    private static final String EVIL = "x*/ int y; /*\n\"; static { run(); } //\\u000a\u001b\u2028\u202e";

    private static StructLayout hostile() {
        return StructLayout.of(
                EVIL,
                AggregateKind.STRUCT,
                24,
                8,
                List.of(
                        Member.of(EVIL, FieldType.Scalar.natural("unsigned\nint", 4), 0),
                        Member.of("b" + EVIL, FieldType.Scalar.natural(EVIL, 4), 4),
                        Member.of("c" + EVIL, FieldType.Scalar.natural(EVIL + " *", 8), 8),
                        Member.of("d", FieldType.Scalar.natural("unsigned\u2028int", 4), 16)),
                Provenance.of(Provenance.Origin.BTF, EVIL));
    }

    @Test
    void c_holds_names_it_takes_and_types_in_comments() {
        String c = CDeclaration.of(hostile(), Optional.empty()).text();

        assertThat(VisibleText.lines(c)).isEqualTo(c);
        String code = c.replaceAll("/\\*.*?\\*/", "");
        assertThat(code).doesNotContain("*/", "run()", "\\u000a").contains("struct x_int_y");
    }

    @Test
    void java_holds_names_as_strings_and_nothing_else() throws IOException {
        String java = JavaDeclaration.of(hostile()).text();

        assertThat(VisibleText.lines(java)).isEqualTo(java);
        assertThat(literals(java)).contains(EVIL, "b" + EVIL, "c" + EVIL, "unsigned\nint");
    }

    /** Strings of a source that has no error and a single class without initialisers. */
    private static List<String> literals(String java) throws IOException {
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        JavaFileObject file = new SimpleJavaFileObject(URI.create("mem:///X.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return java;
            }
        };
        JavacTask task = (JavacTask) ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, problems, List.of("-proc:none"), null, List.of(file));
        List<String> literals = new ArrayList<>();
        for (CompilationUnitTree unit : task.parse()) {
            assertThat(unit.getTypeDecls()).hasSize(1);
            new TreeScanner<Void, Void>() {
                @Override
                public Void visitLiteral(LiteralTree literal, Void none) {
                    if (literal.getValue() instanceof String text) {
                        literals.add(text);
                    }
                    return null;
                }
            }.scan(unit, null);
        }
        assertThat(problems.getDiagnostics().stream().filter(one -> one.getKind() == Diagnostic.Kind.ERROR))
                .isEmpty();
        return literals;
    }

    @Test
    void notation_refuses_names_that_it_would_read_back_as_something_else() {
        for (String name : List.of("a; int b", "a b", "a:3", "a /* 8 4 */", "a\n", "1a", "a[2]", EVIL)) {
            StructLayout layout = StructLayout.of(
                    "s",
                    AggregateKind.STRUCT,
                    4,
                    4,
                    List.of(Member.of(name, FieldType.Scalar.natural("int", 4), 0)),
                    Provenance.of(Provenance.Origin.BTF, "s"));
            assertThatThrownBy(() -> NotationDeclaration.of(layout, 64))
                    .as(name)
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("the notation cannot write a name or type in it");
        }
        assertThatThrownBy(() -> NotationDeclaration.of(hostile(), 64)).isInstanceOf(InputException.class);
    }

    @Test
    void notation_declares_a_template() {
        StructLayout layout = StructLayout.of(
                "ring<int, 4>",
                AggregateKind.STRUCT,
                4,
                4,
                List.of(Member.of("head", FieldType.Scalar.natural("int", 4), 0)),
                Provenance.of(Provenance.Origin.BTF, "ring"));
        assertThat(NotationDeclaration.of(layout, 64).text()).startsWith("struct ring<int, 4> {");
    }

    @Test
    void notation_is_a_line_a_member() throws IOException {
        StringBuilder written = new StringBuilder();
        NotationWriter.write(hostile(), NotationDeclaration.style(hostile(), 64), written);
        String text = written.toString();

        assertThat(VisibleText.of(text.replace("\n", ""))).isEqualTo(text.replace("\n", ""));
        assertThat(text.lines().filter(line -> line.matches(".*/\\* +\\d+ +\\d+ \\*/$")))
                .hasSize(4);
    }

    @Test
    void a_diff_repeats_no_line_that_cannot_be_seen() {
        String far = "\u202e\n1\n2\n3\n4\n5\nb\n";
        assertThat(UnifiedDiff.of("a \"\u202e\n", far, far.replace("b", "c")))
                .startsWith("--- \"a/a \\042\\342\\200\\256\\012\"\n+++ \"b/a \\042\\342\\200\\256\\012\"\n@@ ")
                .endsWith("-b\n+c\n");
        assertThat(UnifiedDiff.of("f", "a\tb\r\nc\r\n", "a\tb\r\nd\r\n")).contains(" a\tb\r\n-c\r\n+d\r\n");
        assertThatThrownBy(() -> UnifiedDiff.of("f", "1\n2\u202e\n3\n", "1\n2\u202e\n4\n"))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("f: line 2: this line has invisible or control characters")
                .hasMessageContaining("repeat: 2\\u202e;");
    }
}
