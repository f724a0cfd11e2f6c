package dev.faultline.recorder.run;

/** Roles: names of threads without their numbers. */
final class RoleNames {

    private static final int LONGEST = 200;

    private RoleNames() {}

    /** {@return a name with each run of digits folded into {@code #}: {@code "io-3"} becomes {@code "io-#"}} */
    static String of(String name) {
        StringBuilder folded = new StringBuilder();
        for (int i = 0; i < name.length() && folded.length() < LONGEST; i++) {
            char c = name.charAt(i);
            boolean isDigit = c >= '0' && c <= '9';
            if (!isDigit) {
                folded.append(c);
            } else if (folded.length() == 0 || folded.charAt(folded.length() - 1) != '#') {
                folded.append('#');
            }
        }
        String role = folded.toString().trim();
        return role.isEmpty() ? "unnamed thread" : role;
    }
}
