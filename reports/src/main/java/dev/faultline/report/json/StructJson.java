package dev.faultline.report.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.faultline.access.AccessMap;
import dev.faultline.access.Evidence;
import dev.faultline.access.Observation;
import dev.faultline.analysis.Analysis;
import dev.faultline.cost.CostBreakdown;
import dev.faultline.cost.OperationCost;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Saving;
import dev.faultline.layout.BitField;
import dev.faultline.layout.Member;
import dev.faultline.layout.MemberRole;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import dev.faultline.machine.Machine;
import dev.faultline.report.build.ObservedAccess;
import dev.faultline.source.FieldOrigins;
import dev.faultline.source.SourceLocation;
import java.io.IOException;
import java.util.Optional;

/** Writes an analysis as the object {@code struct} of the schema. */
final class StructJson {

    private static final SerializableString KIND = new SerializedString("kind");
    private static final SerializableString PATH = new SerializedString("path");
    private static final SerializableString NAME = new SerializedString("name");
    private static final SerializableString TYPE = new SerializedString("type");
    private static final SerializableString BYTE_OFFSET = new SerializedString("byteOffset");
    private static final SerializableString BYTE_SIZE = new SerializedString("byteSize");
    private static final SerializableString BIT_OFFSET = new SerializedString("bitOffset");
    private static final SerializableString BIT_SIZE = new SerializedString("bitSize");

    private final JsonGenerator json;
    /** Of the struct that is written. */
    private FieldOrigins origins = FieldOrigins.none();
    /** What a run saw of the struct that is written. */
    private Optional<ObservedAccess> observed = Optional.empty();

    StructJson(JsonGenerator json) {
        this.json = json;
    }

    /** Writes one analysis as an object. */
    void write(Analysis analysis) throws IOException {
        StructLayout layout = analysis.subject().layout();
        origins = analysis.subject().origins();
        json.writeStartObject();
        json.writeStringField("name", layout.name());
        if (!analysis.subject().version().isEmpty()) {
            json.writeStringField("version", analysis.subject().version());
        }
        json.writeStringField("kind", layout.kind().keyword());
        json.writeStringField("source", layout.provenance().describe());
        declaration(origins.location(), json);
        json.writeNumberField("byteSize", layout.byteSize());
        json.writeNumberField("byteAlignment", layout.byteAlignment());
        json.writeNumberField("lineBytes", analysis.machine().lineBytes().value());
        json.writeNumberField("baseAlignment", analysis.subject().placement().baseAlignment());
        json.writeStringField("access", analysis.access().certainty().word());
        observed = ObservedAccess.of(analysis.subject().profile());
        if (observed.isPresent()) {
            observation(observed.get().run());
        }
        if (analysis.breakdown().isPresent()) {
            bill(analysis.access(), analysis.machine(), analysis.breakdown().get());
        }
        json.writeArrayFieldStart("slots");
        for (Slot slot : layout.slots()) {
            slot(slot);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("members");
        for (Member member : layout.members()) {
            member(member);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("findings");
        for (Finding finding : analysis.findings()) {
            finding(finding);
        }
        json.writeEndArray();
        count("suppressed", analysis.heldBack().suppressed());
        count("known", analysis.heldBack().known());
        json.writeEndObject();
    }

    private void observation(Observation run) throws IOException {
        json.writeObjectFieldStart("observation");
        json.writeStringField("tool", run.tool());
        json.writeNumberField("runs", run.runs());
        if (!Double.isNaN(run.seconds())) {
            json.writeNumberField("seconds", Digits.six(run.seconds()));
        }
        json.writeStringField("unit", run.unit());
        if (run.hasCoverage()) {
            json.writeObjectFieldStart("coverage");
            json.writeNumberField("seen", run.seen());
            json.writeNumberField("attributed", run.attributed());
            json.writeEndObject();
        }
        if (!run.notes().isEmpty()) {
            json.writeArrayFieldStart("notes");
            for (String note : run.notes()) {
                json.writeString(note);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    /** Writes how often a run saw the fields of a finding used. */
    private void seen(Finding finding) throws IOException {
        json.writeArrayFieldStart("seen");
        for (String path : finding.fields()) {
            Optional<ObservedAccess.Seen> seen = observed.flatMap(access -> access.field(path));
            if (seen.isPresent()) {
                Evidence.Counts all = seen.get().reads().plus(seen.get().writes());
                json.writeStartObject();
                json.writeStringField("field", path);
                json.writeNumberField("reads", seen.get().reads().count());
                json.writeNumberField("writes", seen.get().writes().count());
                json.writeNumberField("hitm", all.hitm());
                if (all.isAtLeast()) {
                    json.writeBooleanField("atLeast", true);
                }
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }

    private void count(String name, int count) throws IOException {
        if (count > 0) {
            json.writeNumberField(name, count);
        }
    }

    private void bill(AccessMap access, Machine machine, CostBreakdown breakdown) throws IOException {
        json.writeObjectFieldStart("cost");
        json.writeStringField("machine", machine.name());
        json.writeNumberField("cpus", machine.cpus().value());
        json.writeBooleanField("assumedRates", breakdown.assumedRates());
        number("cpusLost", breakdown.cpusLost());
        number("utilisation", breakdown.cost().utilisation());
        if (!breakdown.assumedRates()) { // of guesses, a number for each field says nothing
            json.writeArrayFieldStart("operations");
            for (int i = 0; i < breakdown.cost().operations().size(); i++) {
                operation(
                        access,
                        breakdown.cost().operations().get(i),
                        breakdown.floor().operations().get(i));
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private void operation(AccessMap access, OperationCost cost, OperationCost floor) throws IOException {
        json.writeStartObject();
        json.writeStringField("role", cost.role());
        json.writeStringField("operation", cost.operation());
        json.writeNumberField("cpus", cost.cpus());
        number("ratePerSecond", cost.ratePerSecond());
        if (access.isAtFullRate(cost.role(), cost.operation())) {
            json.writeBooleanField("asFastAsItCan", true);
        }
        number("nanosPerOp", cost.totalNanos());
        number("ownNanosPerOp", cost.baseNanos());
        number("coherenceNanosPerOp", cost.coherenceNanos());
        number("trueSharingNanosPerOp", floor.coherenceNanos());
        number("touchNanosPerOp", cost.touchNanos());
        number("missesPerOp", cost.events().misses());
        number("upgradesPerOp", cost.events().upgrades());
        number("retriesPerOp", cost.events().retries());
        number("linesPerOp", cost.events().lines());
        json.writeEndObject();
    }

    private void number(String name, double value) throws IOException {
        json.writeNumberField(name, Digits.six(value));
    }

    private void slot(Slot slot) throws IOException {
        json.writeStartObject();
        json.writeFieldName(KIND);
        if (slot instanceof Slot.Field field) {
            json.writeString("field");
            string(PATH, field.path());
            string(TYPE, field.type().spelling());
        } else if (slot instanceof Slot.Hole hole) {
            json.writeString("hole");
            string(PATH, hole.owner());
        } else if (slot instanceof Slot.Padding padding) {
            json.writeString("padding");
            string(PATH, padding.owner());
        } else if (slot instanceof Slot.NotShown bytes) {
            json.writeString("not-shown");
            string(PATH, bytes.owner());
        }
        place(slot.byteOffset(), slot.byteSize(), slot.bits());
        if (slot instanceof Slot.Field field) {
            declared(field.path());
        }
        if (slot instanceof Slot.Field field && field.overlaps()) {
            json.writeBooleanField("overlaps", true);
        }
        if (slot instanceof Slot.Field field && field.isPadding()) {
            json.writeBooleanField("isPadding", true);
        }
        String purpose = slot instanceof Slot.Hole hole
                ? hole.purpose()
                : slot instanceof Slot.Padding padding ? padding.purpose() : "";
        if (!purpose.isEmpty()) {
            json.writeStringField("purpose", purpose);
        }
        json.writeEndObject();
    }

    /** A field of the same file as its struct has only its line, if that. */
    private void declared(String path) throws IOException {
        Optional<SourceLocation> location = origins.locationOf(path);
        boolean isSameFile =
                location.map(SourceLocation::file).equals(origins.location().map(SourceLocation::file));
        if (location.isEmpty() || isSameFile && location.get().line() == 0) {
            return;
        }
        json.writeObjectFieldStart("declared");
        if (!isSameFile) {
            json.writeStringField("file", location.get().file());
        }
        count("line", location.get().line());
        json.writeEndObject();
    }

    /** Writes where a struct is declared, when that is known. */
    static void declaration(Optional<SourceLocation> location, JsonGenerator json) throws IOException {
        if (location.isPresent()) {
            json.writeObjectFieldStart("declared");
            json.writeStringField("file", location.get().file());
            if (location.get().line() > 0) {
                json.writeNumberField("line", location.get().line());
            }
            if (!location.get().directory().isEmpty()) {
                json.writeStringField("directory", location.get().directory());
            }
            json.writeEndObject();
        }
    }

    private void member(Member member) throws IOException {
        json.writeStartObject();
        string(NAME, member.name());
        string(TYPE, member.type().spelling());
        place(member.byteOffset(), member.type().byteSize(), member.bits());
        if (member.role() != MemberRole.FIELD) {
            json.writeStringField("role", member.role().word());
        }
        json.writeEndObject();
    }

    private void place(long byteOffset, long byteSize, Optional<BitField> bits) throws IOException {
        json.writeFieldName(BYTE_OFFSET);
        json.writeNumber(byteOffset);
        json.writeFieldName(BYTE_SIZE);
        json.writeNumber(byteSize);
        if (bits.isPresent()) {
            json.writeFieldName(BIT_OFFSET);
            json.writeNumber(bits.get().bitOffset());
            json.writeFieldName(BIT_SIZE);
            json.writeNumber(bits.get().bitSize());
        }
    }

    private void string(SerializableString name, String value) throws IOException {
        json.writeFieldName(name);
        json.writeString(value);
    }

    private void finding(Finding finding) throws IOException {
        json.writeStartObject();
        json.writeStringField("rule", finding.rule());
        json.writeStringField("severity", finding.severity().word());
        json.writeArrayFieldStart("fields");
        for (String field : finding.fields()) {
            json.writeString(field);
        }
        json.writeEndArray();
        declaration(
                finding.fields().isEmpty()
                        ? origins.location()
                        : origins.locationOf(finding.fields().get(0)),
                json);
        json.writeStringField("message", finding.message());
        json.writeStringField("advice", finding.advice());
        json.writeStringField("certainty", finding.certainty().word());
        if (finding.isSuspicion()) {
            json.writeBooleanField("suspicion", true);
        }
        if (observed.isPresent() && finding.certainty().isObserved()) {
            seen(finding);
        }
        if (finding.placements().isPresent()) {
            json.writeObjectFieldStart("placements");
            json.writeNumberField("sharing", finding.placements().get().sharing());
            json.writeNumberField("of", finding.placements().get().of());
            json.writeEndObject();
        }
        if (finding.saving().isPresent() && !finding.isSuspicion()) {
            saving(finding.saving().get());
        }
        json.writeEndObject();
    }

    private void saving(Saving saving) throws IOException {
        json.writeObjectFieldStart("saving");
        json.writeStringField("role", saving.role());
        json.writeStringField("operation", saving.operation());
        number("nanosPerOp", saving.nanosPerOp());
        number("ofNanosPerOp", saving.ofNanosPerOp());
        number("trueSharingNanosPerOp", saving.floorNanosPerOp());
        number("cpusSaved", saving.cpusSaved());
        json.writeNumberField("cpus", saving.cpus());
        json.writeBooleanField("assumedRates", saving.assumedRates());
        json.writeEndObject();
    }
}
