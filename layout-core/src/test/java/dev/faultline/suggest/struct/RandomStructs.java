package dev.faultline.suggest.struct;

import dev.faultline.access.Access;
import dev.faultline.access.AccessKind;
import dev.faultline.access.Cpus;
import dev.faultline.access.Operation;
import dev.faultline.access.Role;
import dev.faultline.access.StructProfile;
import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Provenance;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.abi.DeclaredMember;
import dev.faultline.layout.abi.SystemV;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;

/** Random structs and profiles, laid out as a C compiler would. */
final class RandomStructs {

    private static final Provenance HERE = Provenance.of(Provenance.Origin.ABI_MODEL, "random");

    private final Random random;
    private int names;

    RandomStructs(long seed) {
        random = new Random(seed);
    }

    /**
     * {@return a struct with bit-fields, unions, markers, embedded and packed structs, and sometimes a flexible
     * array}
     */
    StructLayout struct() {
        return struct("s", 2, 2 + random.nextInt(14), true);
    }

    /** {@return a struct of scalars only} */
    StructLayout plain(int fields) {
        List<DeclaredMember> members = new ArrayList<>();
        for (int i = 0; i < fields; i++) {
            members.add(member(scalar()));
        }
        return SystemV.layOut("s", AggregateKind.STRUCT, members, false, 1, 0, HERE);
    }

    private StructLayout struct(String name, int depth, int count, boolean outermost) {
        boolean packed = random.nextInt(8) == 0;
        List<DeclaredMember> members = new ArrayList<>();
        if (depth > 0 && random.nextInt(3) == 0) {
            members.add(member(embedded(depth - 1)));
        }
        for (int i = 0; i < count; i++) {
            add(members, depth);
        }
        if (outermost && random.nextInt(6) == 0) {
            members.add(member(new FieldType.Array(scalar(), 0)));
        }
        long alignment = random.nextInt(8) == 0 ? 64 : 1;
        return SystemV.layOut(name, AggregateKind.STRUCT, members, packed, alignment, 0, HERE);
    }

    private void add(List<DeclaredMember> members, int depth) {
        switch (random.nextInt(12)) {
            case 0 -> bits(members);
            case 1 -> members.add(depth > 0 ? member(embedded(depth - 1)) : member(scalar()));
            case 2 -> members.add(depth > 0 ? union(depth - 1) : member(scalar()));
            case 3 -> members.add(member(new FieldType.Array(scalar(), 1 + random.nextInt(20))));
            case 4 -> group(members);
            case 5, 6 -> members.add(member(FieldType.Scalar.natural("atomic_t", 4)));
            case 7 -> members.add(new DeclaredMember(name(), scalar(), OptionalInt.empty(), 0, random.nextInt(4) == 0));
            default -> members.add(member(scalar()));
        }
    }

    private FieldType embedded(int depth) {
        StructLayout inner = struct("e" + names++, depth, 2 + random.nextInt(5), false);
        return new FieldType.Aggregate("struct " + inner.name(), inner);
    }

    private DeclaredMember union(int depth) {
        List<DeclaredMember> arms = new ArrayList<>();
        for (int i = 0; i < 2 + random.nextInt(2); i++) {
            arms.add(member(random.nextInt(3) == 0 ? embedded(depth) : scalar()));
        }
        StructLayout layout = SystemV.layOut("", AggregateKind.UNION, arms, false, 1, 0, HERE);
        FieldType type = new FieldType.Aggregate("union", layout);
        return new DeclaredMember(random.nextBoolean() ? "" : name(), type, OptionalInt.empty(), 0, false);
    }

    private void bits(List<DeclaredMember> members) {
        FieldType unit = scalar();
        for (int i = 0; i < 1 + random.nextInt(4); i++) {
            int most = (int) unit.byteSize() * 8;
            int width = random.nextInt(6) == 0 ? 0 : 1 + random.nextInt(most);
            members.add(new DeclaredMember(width == 0 ? "" : name(), unit, OptionalInt.of(width), 0, false));
            unit = random.nextBoolean() ? unit : scalar();
        }
    }

    private void group(List<DeclaredMember> members) {
        String group = "g" + names++ + (random.nextBoolean() ? "_read_tx" : "_write_rx");
        FieldType marker = new FieldType.Array(FieldType.Scalar.natural("u8", 1), 0);
        members.add(new DeclaredMember("__cacheline_group_begin__" + group, marker, OptionalInt.empty(), 0, false));
        for (int i = 0; i < random.nextInt(4); i++) {
            members.add(member(scalar()));
        }
        members.add(new DeclaredMember("__cacheline_group_end__" + group, marker, OptionalInt.empty(), 0, false));
    }

    private DeclaredMember member(FieldType type) {
        return new DeclaredMember(name(), type, OptionalInt.empty(), 0, false);
    }

    private String name() {
        return "f" + names++;
    }

    private FieldType scalar() {
        int bytes = 1 << random.nextInt(4);
        return FieldType.Scalar.natural("u" + 8 * bytes, bytes);
    }

    /** {@return a profile of one to three roles, each with one or two operations on some of the fields} */
    StructProfile profile(StructLayout layout) {
        List<String> paths = new ArrayList<>();
        layout.fields().forEach(field -> paths.add(field.path()));
        List<Role> roles = new ArrayList<>();
        List<Operation> operations = new ArrayList<>();
        for (int r = 0; r < 1 + random.nextInt(3); r++) {
            roles.add(new Role(
                    "role" + r, random.nextBoolean() ? new Cpus.All() : new Cpus.Count(1 + random.nextInt(4))));
            for (int o = 0; o < 1 + random.nextInt(2); o++) {
                List<Access> accesses = new ArrayList<>();
                for (int a = 0; a < 1 + random.nextInt(5); a++) {
                    String path = paths.get(random.nextInt(paths.size()));
                    AccessKind kind = random.nextInt(3) > 0
                            ? AccessKind.READ
                            : random.nextBoolean() ? AccessKind.WRITE : AccessKind.RMW;
                    accesses.add(Access.of(path, kind, random.nextInt(30)));
                }
                double rate = Math.pow(10, 2 + 3 * random.nextDouble());
                operations.add(new Operation("op" + r + o, "role" + r, rate, accesses));
            }
        }
        return new StructProfile(layout.name(), "random", roles, operations, List.of(), "random");
    }
}
