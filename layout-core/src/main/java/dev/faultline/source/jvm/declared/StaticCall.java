package dev.faultline.source.jvm.declared;

/**
 * A method that an initialiser calls.
 *
 * @param owner internal name of its class
 * @param name its name
 * @param descriptor its types
 * @param isStatic whether it has no receiver
 */
record StaticCall(String owner, String name, String descriptor, boolean isStatic) {

    String signature() {
        return name + descriptor;
    }
}
