package dev.faultline.source.jvm.code;

import dev.faultline.access.code.CodeClass;
import dev.faultline.access.code.CodeField;
import dev.faultline.access.code.CodeMethod;
import dev.faultline.access.code.DeclaredField;
import dev.faultline.access.code.MemoryOrder;
import dev.faultline.source.jvm.code.ConstantPool.Member;
import dev.faultline.source.jvm.code.call.AccessCall;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One class as its own file shows it: fields are named by the class that the code names, and VarHandles by the field
 * that holds them. {@link CodeLinker} resolves both when all classes are known.
 */
final class RawClass {

    /** One effect. */
    static final class Effect {
        final int at;
        final Target target;
        final AccessCall access;
        /** The field, for {@link Target#FIELD}. */
        Member field;
        /** The VarHandle, updater or offset, for {@link Target#HANDLE}. */
        Value handle;
        /** The object whose field it is, the array, or the object referred to; nothing for a static field. */
        Value object;
        /** Index of an element; nothing otherwise. */
        Value index;
        /** What is stored. */
        Value stored = Value.UNKNOWN;
        /** The method of an object referred to. */
        String method = "";
        /** Where the access is, in memory that is no Java object; null where the code gives no offset. */
        MemoryOffset offset;
        /** The type that is read or written there, as a descriptor spells it. */
        char letter;
        /** The field of a struct outside of Java objects that is touched; null while none is known. */
        CodeField outside;

        MemoryOrder order;
        boolean isLocked;
        boolean isInLoop;
        /** Where the innermost loop around it starts; -1 outside of loops. */
        int loopAt = -1;

        boolean isCompared;
        boolean isPolled;

        Effect(int at, Target target, AccessCall access) {
            this.at = at;
            this.target = target;
            this.access = access;
            order = access.order();
        }
    }

    /** What an effect touches. */
    enum Target {
        /** A field that the code names. */
        FIELD,
        /** A field or element that a VarHandle, updater or offset names. */
        HANDLE,
        /** An element of an array. */
        ELEMENT,
        /** The length of an array. */
        LENGTH,
        /** The value of an atomic object, or the state of a lock. */
        REFERENT,
        /** Memory at an offset: of a buffer, a segment or an address. */
        MEMORY,
        /** A field of a struct that an accessor is for. */
        VIEWED
    }

    /** One call. */
    static final class Call {
        final int at;
        final Member method;
        final Value receiver;
        final Value[] arguments;
        final boolean isDeferred;
        final boolean isInLoop;
        /** Where the innermost loop around it starts; -1 outside of loops. */
        int loopAt = -1;

        String handedTo = "";
        boolean isLocked;

        Call(int at, Member method, Value receiver, Value[] arguments, boolean isDeferred, boolean isInLoop) {
            this.at = at;
            this.method = method;
            this.receiver = receiver;
            this.arguments = arguments;
            this.isDeferred = isDeferred;
            this.isInLoop = isInLoop;
        }
    }

    /** One method. */
    static final class Method {
        final String name;
        final String descriptor;
        final Set<CodeMethod.Trait> traits;
        List<Effect> effects = new ArrayList<>(0);
        List<Call> calls = new ArrayList<>(0);
        /** Where it starts threads or waits for them, by calls of the JDK. */
        List<ThreadStarts.Event> threads = new ArrayList<>(0);

        Lines lines = Lines.NONE;
        Value returned;
        /** Of a constructor, the class whose constructor it calls for the same object. */
        String chainedTo = "";
        /** Where it does so. */
        int chainedAt = -1;

        Method(String name, String descriptor, Set<CodeMethod.Trait> traits) {
            this.name = name;
            this.descriptor = descriptor;
            this.traits = traits;
        }
    }

    String source = "";
    String name = "";
    Optional<String> superName = Optional.empty();
    List<String> interfaces = List.of();
    final Set<CodeClass.Trait> traits = new HashSet<>();
    final List<DeclaredField> fields = new ArrayList<>();
    final List<Method> methods = new ArrayList<>();
    /** Whether some method, or a parameter of one, has an annotation that is kept at run time. */
    boolean hasAnnotatedMethods;
    /** Number of accesses and calls in its code. */
    int effects;
    /** What fields hold that are VarHandles, updaters or offsets; a field that holds one of several holds nothing. */
    final Map<Member, Value> holders = new LinkedHashMap<>();
    /** How fields that are numbers are computed when objects are made. */
    final Map<Member, MemoryOffset> offsets = new LinkedHashMap<>();
    /** Strings that the code uses, with how often. */
    final Map<String, Integer> texts = new LinkedHashMap<>();
    /** All searches for a field by its name. */
    final Set<Value.FieldQuery> searches = new LinkedHashSet<>();
    /** Searches for a field whose result a field holds or an access uses. */
    final Set<Value.FieldQuery> queries = new LinkedHashSet<>();
    /** Classes all of whose fields are asked for by reflection. */
    final Set<String> reflected = new HashSet<>();

    /** {@return strings that may name a field, apart from those of searches whose result is used for accesses} */
    Set<String> names() {
        Set<String> names = new HashSet<>();
        texts.forEach((text, uses) -> {
            if (uses > 0) {
                names.add(text);
            }
        });
        for (Value.FieldQuery search : searches) {
            if (!queries.contains(search)) {
                names.add(search.name());
            }
        }
        return names;
    }
}
