package dev.faultline.access.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaddingByUseTest {

    @Test
    void longsAroundAValueArePadding() {
        CodeFixture code = new CodeFixture()
                .type("A", "long a0 a1 a2 a3 a4 a5 a6")
                .type("V:A", "volatile long ticket")
                .type("Z:V", "long z0 z1 z2 z3 z4 z5 z6")
                .type("Lone:Z");
        assertThat(code.padding("Lone")).hasSize(14).doesNotContain("ticket");
        assertThat(code.padding("A")).hasSize(7); // there are subclasses whose fields it keeps apart
    }

    @Test
    void aPlainValueThatNoCodeTouchesIsNoPadding() {
        CodeFixture code = new CodeFixture()
                .type("A", "long a0 a1 a2 a3 a4 a5 a6")
                .type("V:A", "long cursor")
                .type("Z:V", "long z0 z1 z2 z3 z4 z5 z6")
                .type("Plain:Z");
        assertThat(code.padding("Plain")).hasSize(14).doesNotContain("cursor");
    }

    @Test
    void paddingInOneClassWithItsValuesIsPadding() {
        CodeFixture code = new CodeFixture()
                .type("Queue", "long tail", "long p1 p2 p3 p4 p5 p6 p7", "long head", "long c1 c2 c3 c4 c5 c6 c7 c8")
                .method("Queue.offer", "write Queue.tail")
                .method("Queue.poll", "write Queue.head");
        assertThat(code.padding("Queue")).hasSize(15).doesNotContain("tail", "head");
    }

    @Test
    void volatilePaddingInItsOwnClassIsPadding() {
        CodeFixture code = new CodeFixture()
                .type("P0", "volatile long p1 p2 p3 p4 p5 p6 p7 p8 p9 p10")
                .type("V:P0", "Object wip")
                .type("P1:V", "volatile long p1a p2a p3a p4a p5a p6a p7a")
                .type("Sub:P1")
                .method("Sub.run", "read V.wip");
        assertThat(code.padding("Sub")).hasSize(17);
    }

    @Test
    void volatileFieldsThatNoCodeTouchesAreNoPadding() {
        assertThat(new CodeFixture().type("Pair", "volatile long putAt takeAt").padding("Pair"))
                .isEmpty();
        assertThat(new CodeFixture()
                        .type("Slots", "volatile long c0 c1 c2 c3 c4 c5 c6 c7", "Object name")
                        .method("Slots.name", "read Slots.name")
                        .padding("Slots"))
                .isEmpty();
    }

    @Test
    void bytesOfOctalNamesAndOfOurOwnSuggestionsArePadding() {
        CodeFixture code = new CodeFixture()
                .type("P", "byte b000 b001 b002 b003 b004 b005 b006 b007 b010 b011 b012 b013 b014 b015 b016 b017")
                .type("V:P", "int turn")
                .type("Q:V", "byte pad0_000 pad0_001 pad0_002")
                .method("V.go", "rmw V.turn");
        assertThat(code.padding("Q")).hasSize(19);
    }

    @Test
    void wordsWithoutNumbersArePaddingOnlyInLongLayers() {
        CodeFixture layer = new CodeFixture()
                .type("P", "long one two three four five six seven")
                .type("V:P", "volatile long value");
        assertThat(layer.padding("V")).hasSize(7);
        CodeFixture base = new CodeFixture().type("P", "long created changed").type("V:P", "volatile long value");
        assertThat(base.padding("V")).isEmpty();
    }

    @Test
    void aShortSeriesIsPaddingBesideWhatThreadsShare() {
        assertThat(new CodeFixture()
                        .type("Two", "volatile long a1st", "long p1 p2", "volatile long other")
                        .padding("Two"))
                .containsExactly("p1", "p2");
        assertThat(new CodeFixture()
                        .type("Two", "volatile long first", "long p1", "volatile long other")
                        .padding("Two"))
                .isEmpty();
    }

    @Test
    void whatCodeTouchesIsNoPaddingWhateverItsName() {
        CodeFixture code = new CodeFixture()
                .type("Sum", "volatile long at", "long p1 p2 p3 p4 p5 p6 p7", "long pad1", "long pad2")
                .method("Sum.sum", "read Sum.p4", "read Sum.pad1");
        assertThat(code.padding("Sum")).contains("p1", "pad2").doesNotContain("p4", "pad1", "at");
    }

    @Test
    void constantsStoredByTheConstructorDoNotMakeAUse() {
        CodeFixture code = new CodeFixture()
                .type("Padded", "volatile long at", "public long p1 p2 p3 p4 p5 p6")
                .method("Padded.<init>", "constant Padded.p6");
        assertThat(code.padding("Padded")).hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "long id created updated",
                "double x y z",
                "double x1 y1 x2 y2",
                "int width height depth weight",
                "long a0 a1 a2 a3 a4 a5 a6",
                "double v1 v2 v3 v4 v5 v6 v7 v8"
            })
    void dataReadByReflectionAloneIsNoPadding(String fields) {
        assertThat(new CodeFixture().type("Dto", fields).padding("Dto")).isEmpty();
        assertThat(new CodeFixture()
                        .type("Base", "Object name")
                        .type("Dto:Base", fields.contains("a0") ? "long id" : fields)
                        .padding("Dto"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"private long created changed", "private double x1 x2 y1 y2", "long sensor1 sensor2 sensor3"})
    void unusedFieldsOfABeanAreNoPadding(String fields) {
        CodeFixture code =
                new CodeFixture().type("Bean", "private long id", fields).method("Bean.getId", "read Bean.id");
        assertThat(code.padding("Bean")).isEmpty();
    }

    @Test
    void serializedAndNativeClassesAndReflectionAreNoPadding() {
        String[] fields = {"volatile long at", "long a0 a1 a2 a3 a4 a5 a6"};
        assertThat(new CodeFixture().type("S+java.io.Serializable", fields).padding("S"))
                .isEmpty();
        assertThat(new CodeFixture()
                        .type("Stored+java.io.Externalizable")
                        .type("S+Stored", fields)
                        .padding("S"))
                .isEmpty();
        for (CodeClass.Trait trait : List.of(CodeClass.Trait.HAS_NATIVE, CodeClass.Trait.REFLECTS)) {
            assertThat(new CodeFixture().type(Set.of(trait), "S", fields).padding("S"))
                    .isEmpty();
        }
        assertThat(new CodeFixture()
                        .type("S", "volatile long at", "named_by_string long a0 a1 a2", "annotated long a3 a4 a5 a6")
                        .padding("S"))
                .isEmpty();
    }

    @Test
    void aFieldUsedByAnotherClassIsNoPadding() {
        CodeFixture alone = new CodeFixture().type("Base", "volatile long at", "protected long p1 p2 p3 p4 p5 p6 p7");
        assertThat(alone.padding("Base")).hasSize(7);
        assertThat(alone.type("Other:Base").method("Other.use", "write Base.p3").padding("Base"))
                .doesNotContain("p3");
    }

    @Test
    void protectedFieldsNeedALongSeries() {
        assertThat(new CodeFixture()
                        .type("Open", "volatile long at", "protected long p1 p2")
                        .padding("Open"))
                .isEmpty();
    }

    @Test
    void withoutCodeNamesDecide() {
        CodeFixture code = new CodeFixture().type("A", "long p1 p2");
        assertThat(PaddingByUse.of(CodeIndex.EMPTY, List.of("A"), Map.of(), code.layout("A")))
                .isEmpty();
    }
}
