package dev.faultline.source.llvm;

import dev.faultline.analysis.Analyzer;
import dev.faultline.hazard.rules.Catalog;
import dev.faultline.input.InputException;
import dev.faultline.machine.Machines;
import dev.faultline.source.Inventory;
import dev.faultline.source.Subject;
import dev.faultline.testing.Fuzz;
import dev.faultline.testing.FuzzShare;
import dev.faultline.testing.TextMutator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Broken LLVM IR gives clear lines, or what is left of it. */
class LlvmFuzzTest {

    private static final List<String> WORDS = List.of(
            "define void @f(ptr %0) !dbg !5 {\n",
            "declare ptr @malloc(i64)\n",
            "  %1 = getelementptr inbounds %struct.ring, ptr %0, i64 0, i32 1\n",
            "  %2 = load atomic i64, ptr %1 acquire, align 8, !dbg !9\n",
            "  store i64 %2, ptr %1, align 8\n",
            "  br i1 %3, label %4, label %5\n",
            "  %6 = phi ptr [ %1, %4 ], [ %6, %5 ]\n",
            "  %7 = cmpxchg weak ptr %1, i64 0, i64 1 seq_cst seq_cst\n",
            "  call void @llvm.memset.p0.i64(ptr %1, i8 0, i64 9223372036854775807, i1 false)\n",
            "  call void asm sideeffect \"lock incl $0\", \"=*m,*m\"(ptr elementtype(i32) %1, ptr %1)\n",
            "  #dbg_value(ptr %0, !5, !DIExpression(), !6)\n",
            "}\n",
            "!5 = distinct !DICompositeType(tag: DW_TAG_structure_type, name: \"ring\", size: 64, elements: !5)\n",
            "!6 = !DIDerivedType(tag: DW_TAG_member, name: \"a\", baseType: !6, size: -1, offset: 99999999999)\n",
            "!7 = !{!7, !6, i64 -8}\n",
            "!DIDerivedType(tag: DW_TAG_pointer_type, baseType: !",
            "DW_TAG_variant_part",
            "%struct.ring = type { [4294967296 x %struct.ring], i8388607 }\n",
            "[9223372036854775807 x i64]",
            "<{ i8, ptr }>",
            "target datalayout = \"E-p:32:32-i64:1\"\n",
            "getelementptr (i8, ptr @g, i64 9223372036854775807)");

    @Test
    void broken_text_ends_with_clear_lines_or_is_read() {
        TextMutator mutator =
                new TextMutator(List.of(LlvmWorkshop.sample("small.ll"), LlvmWorkshop.sample("rust-2.ll")), WORDS);
        Analyzer analyzer = new Analyzer(Machines.byName("x86-64").orElseThrow(), Catalog.RULES);
        Fuzz.bytes(FuzzShare.LLVM, random -> mutator.apply(random).getBytes(StandardCharsets.UTF_8))
                .run(content -> {
                    LlvmSource source = LlvmSource.read("broken.ll", new String(content, StandardCharsets.ISO_8859_1));
                    Inventory inventory = source.inventory();
                    source.notes();
                    for (Subject subject : inventory.subjects()) {
                        analyzer.analyze(subject);
                    }
                    if (inventory.subjects().isEmpty() && !inventory.unread().isEmpty()) {
                        throw new InputException("broken.ll", "", "nothing is read");
                    }
                });
    }
}
