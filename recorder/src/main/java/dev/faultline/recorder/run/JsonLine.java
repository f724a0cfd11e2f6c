package dev.faultline.recorder.run;

/** Text in JSON. */
final class JsonLine {

    private JsonLine() {}

    /** {@return a text in quotation marks; what a terminal or an editor may take for something else is escaped} */
    static String quote(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || c >= 0x7f) {
                out.append("\\u").append(String.format("%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }
}
