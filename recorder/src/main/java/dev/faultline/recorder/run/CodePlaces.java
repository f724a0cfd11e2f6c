package dev.faultline.recorder.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The places and methods of the classes that were instrumented, by number from 1. Grows; nothing is taken away. */
public final class CodePlaces {

    /** A method. */
    private static final class Method {
        final String owner;
        final String name;
        final boolean isOperation;
        final String shown;
        int[] sites = {};

        Method(String owner, String name, boolean isOperation) {
            this.owner = owner;
            this.name = name;
            this.isOperation = isOperation;
            shown = owner.substring(owner.lastIndexOf('/') + 1) + "." + name;
        }
    }

    /** In place of the family of a method that is no operation. */
    static final int OF_ANY_FAMILY = Integer.MAX_VALUE;

    private static final Map<String, String> SUPERCLASSES = new ConcurrentHashMap<>();
    private static final Map<String, Integer> FAMILIES = new ConcurrentHashMap<>();
    private static final List<String> LEFT_ALONE = new ArrayList<>();
    private static final Map<String, Boolean> CONSTANTS = new ConcurrentHashMap<>();
    private static volatile AccessSite[] sites = new AccessSite[1024];
    private static volatile Method[] methods = new Method[1024];
    /**
     * Read by each method that begins, and so not volatile: a number that is not seen yet is looked up again.
     */
    private static int[] families = new int[1024];

    private static int lastSite;
    private static int lastMethod;
    private static int classes;

    private CodePlaces() {}

    /** Notes the superclass of a class that is asked for, and whether it is changed. Both are internal names. */
    public static synchronized void addClass(String name, String superclass, boolean isChanged) {
        SUPERCLASSES.put(name, superclass == null ? "" : superclass);
        classes += isChanged ? 1 : 0;
    }

    /** Notes a static final field: compiled code has its value in it, so that reading it touches no memory. */
    public static void addConstant(String type, String field) {
        CONSTANTS.put(type + ".class#" + field, true);
    }

    /** {@return whether a class, by its internal name, is asked for} */
    static boolean isRecorded(String name) {
        return SUPERCLASSES.containsKey(name);
    }

    /** {@return whether a field is noted as static and final} The type is that of a row. */
    public static boolean isConstant(String type, String field) {
        return CONSTANTS.containsKey(type + "#" + field);
    }

    /** {@return the number of a method} One that is no operation does what it does for the operation that it is in. */
    public static synchronized int addMethod(String owner, String name, boolean isOperation) {
        if (++lastMethod == methods.length) {
            methods = Arrays.copyOf(methods, lastMethod * 2);
            families = Arrays.copyOf(families, lastMethod * 2);
        }
        methods[lastMethod] = new Method(owner, name, isOperation);
        return lastMethod;
    }

    /** {@return the number of the first of some places, which have numbers in a row} */
    public static synchronized int addSites(AccessSite... added) {
        if (lastSite + added.length >= sites.length) {
            sites = Arrays.copyOf(sites, (lastSite + added.length) * 2);
        }
        System.arraycopy(added, 0, sites, lastSite + 1, added.length);
        lastSite += added.length;
        return lastSite - added.length + 1;
    }

    /** {@return which place of a method the first of some is, from 0; they follow each other} */
    public static synchronized int addSitesOf(int method, AccessSite... added) {
        int number = addSites(added);
        int before = methods[method].sites.length;
        int[] sitesOf = Arrays.copyOf(methods[method].sites, before + added.length);
        for (int i = 0; i < added.length; i++) {
            sitesOf[before + i] = number + i;
        }
        methods[method].sites = sitesOf;
        return before;
    }

    /** {@return the numbers of the places of a method} */
    static synchronized int[] sitesOf(int method) {
        return methods[method].sites;
    }

    /** Notes that something cannot be recorded, and why. */
    public static synchronized void leaveAlone(String what) {
        LEFT_ALONE.add(what);
    }

    static synchronized List<String> leftAlone() {
        return new ArrayList<>(LEFT_ALONE);
    }

    static synchronized int classes() {
        return classes;
    }

    static AccessSite site(int number) {
        return sites[number];
    }

    /** {@return the class and the name of a method: {@code "Ring.offer"}} */
    static String methodName(int number) {
        return methods[number].shown;
    }

    /**
     * {@return the family of a method's class: a number of the topmost superclass that is asked for too; negative
     * when the method is one by which threads begin} It is found when the method first runs, since then every
     * superclass is loaded.
     */
    static int family(int method) {
        int[] known = families;
        int family = method < known.length ? known[method] : 0;
        return family != 0 ? family : findFamily(method);
    }

    private static boolean isEntry(String name) {
        return name.equals("main") || name.equals("run") || name.equals("call") || name.startsWith("lambda$");
    }

    private static synchronized int findFamily(int method) {
        if (!methods[method].isOperation) {
            families[method] = OF_ANY_FAMILY;
            return OF_ANY_FAMILY;
        }
        String top = methods[method].owner;
        for (String above = SUPERCLASSES.get(top);
                above != null && SUPERCLASSES.containsKey(above);
                above = SUPERCLASSES.get(above)) {
            top = above;
        }
        Integer family = FAMILIES.get(top);
        if (family == null) {
            family = FAMILIES.size() + 1;
            FAMILIES.put(top, family);
        }
        families[method] = isEntry(methods[method].name) ? -family : family;
        return families[method];
    }
}
