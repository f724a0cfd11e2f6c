package dev.faultline.source.jvm;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.faultline.source.jvm.VmMode.Contended;
import java.lang.management.ManagementFactory;

/** Reads the flags of the running VM that decide layouts. */
final class RunningFlags {

    private final HotSpotDiagnosticMXBean vm;

    private RunningFlags(HotSpotDiagnosticMXBean vm) {
        this.vm = vm;
    }

    static VmMode mode() {
        int feature = Runtime.version().feature();
        HotSpotDiagnosticMXBean vm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        return vm == null ? VmMode.ofFeature(feature) : new RunningFlags(vm).read(feature);
    }

    private VmMode read(int feature) {
        VmMode usual = VmMode.ofFeature(feature);
        Contended contended = flag("RestrictContended", true) ? Contended.TRUSTED : Contended.EVERYBODY;
        return new VmMode(
                feature,
                flag("UseCompressedOops", true),
                flag("UseCompressedClassPointers", true),
                flag("UseCompactObjectHeaders", usual.compactHeaders()),
                number("ObjectAlignmentInBytes", 8),
                number("ContendedPaddingWidth", 128),
                flag("EnableContended", true) ? contended : Contended.NOBODY);
    }

    private boolean flag(String name, boolean otherwise) {
        return Boolean.parseBoolean(value(name, Boolean.toString(otherwise)));
    }

    private int number(String name, int otherwise) {
        return Integer.parseInt(value(name, Integer.toString(otherwise)));
    }

    /** {@return a flag's value, or a default for a VM without it, such as compact headers on 17} */
    private String value(String name, String otherwise) {
        try {
            return vm.getVMOption(name).getValue();
        } catch (IllegalArgumentException e) {
            return otherwise;
        }
    }
}
