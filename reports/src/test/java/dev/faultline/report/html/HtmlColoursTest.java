package dev.faultline.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The colours of roles can be told apart and read on, by those who do not see all colours, too. */
class HtmlColoursTest {

    /** What remains of linear RGB: Machado, Oliveira and Fernandes, 2009, severity 1. */
    private static final Map<String, double[][]> EYES = Map.of(
            "all colours",
            new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
            "no red",
            new double[][] {
                {0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}
            },
            "no green",
            new double[][] {
                {0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}
            },
            "no blue",
            new double[][] {
                {1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}
            });

    /** A difference of 2.3 in CIE Lab can just be seen; ten times that is told at a glance. */
    private static final double LEAST_DIFFERENCE = 23;
    /** WCAG 2.1, 1.4.3, level AA. */
    private static final double LEAST_CONTRAST = 4.5;

    @Test
    void roles_differ_and_their_names_can_be_read_whoever_looks() throws IOException {
        List<List<String>> themes = themes();
        assertThat(themes).hasSize(3); // light, dark by the system, dark by choice
        assertThat(themes.get(1)).isEqualTo(themes.get(2));
        for (List<String> theme : themes) {
            double[] on = linear(theme.get(0));
            for (int i = 1; i < theme.size(); i++) {
                assertThat(contrast(on, linear(theme.get(i)))).as(theme.get(i)).isGreaterThan(LEAST_CONTRAST);
                for (int j = 1; j < i; j++) {
                    for (Map.Entry<String, double[][]> eye : EYES.entrySet()) {
                        assertThat(difference(
                                        seen(linear(theme.get(i)), eye.getValue()),
                                        seen(linear(theme.get(j)), eye.getValue())))
                                .as(theme.get(i) + " and " + theme.get(j) + ", " + eye.getKey())
                                .isGreaterThan(LEAST_DIFFERENCE);
                    }
                }
            }
        }
    }

    @Test
    void names_can_be_read_on_every_strength_of_a_colour() throws IOException {
        List<Double> strengths = Pattern.compile("\\.box\\.[rw][^{]*rect\\.fill \\{ fill-opacity: ([.0-9]+)")
                .matcher(style())
                .results()
                .map(found -> Double.valueOf(found.group(1)))
                .toList();
        assertThat(strengths).hasSizeGreaterThanOrEqualTo(4);
        List<String> grounds = colours("paper");
        List<String> inks = colours("ink");
        List<List<String>> themes = themes();
        for (int t = 0; t < themes.size(); t++) {
            for (String hue : themes.get(t).subList(1, themes.get(t).size())) {
                for (double strength : strengths) {
                    assertThat(contrast(linear(inks.get(t)), linear(blended(hue, grounds.get(t), strength))))
                            .as(hue + " of strength " + strength + " in theme " + t)
                            .isGreaterThan(LEAST_CONTRAST);
                }
            }
        }
    }

    /** {@return the colour of this name in each theme} */
    private static List<String> colours(String name) throws IOException {
        return Pattern.compile("--" + name + ": (#[0-9a-f]+);")
                .matcher(style())
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    /** As a browser blends: part by part of what is written in the style. */
    private static String blended(String over, String ground, double strength) {
        StringBuilder hex = new StringBuilder("#");
        for (int i = 0; i < 3; i++) {
            hex.append(String.format("%02x", Math.round(strength * part(over, i) + (1 - strength) * part(ground, i))));
        }
        return hex.toString();
    }

    private static int part(String colour, int number) {
        String hex = colour.length() == 4 ? colour.replaceAll("([0-9a-f])", "$1$1") : colour;
        return Integer.parseInt(hex.substring(1 + 2 * number, 3 + 2 * number), 16);
    }

    private static String style() throws IOException {
        try (InputStream in = HtmlColoursTest.class.getResourceAsStream("page.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The colour of text on roles and then those of roles, of each theme in the style. */
    private static List<List<String>> themes() throws IOException {
        String style = style();
        Pattern on =
                Pattern.compile("--on: (#[0-9a-f]+);[^}]*?--h0: (#\\w+); --h1: (#\\w+); --h2: (#\\w+); --h3: (#\\w+);"
                        + " --h4: (#\\w+); --h5: (#\\w+);");
        List<List<String>> themes = new ArrayList<>();
        for (MatchResult found : on.matcher(style).results().toList()) {
            List<String> colours = new ArrayList<>();
            for (int i = 1; i <= found.groupCount(); i++) {
                colours.add(found.group(i));
            }
            themes.add(colours);
        }
        return themes;
    }

    private static double[] linear(String colour) {
        double[] rgb = new double[3];
        for (int i = 0; i < 3; i++) {
            double part = part(colour, i) / 255.0;
            rgb[i] = part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
        }
        return rgb;
    }

    private static double[] seen(double[] rgb, double[][] eye) {
        double[] seen = new double[3];
        for (int i = 0; i < 3; i++) {
            double part = eye[i][0] * rgb[0] + eye[i][1] * rgb[1] + eye[i][2] * rgb[2];
            seen[i] = Math.max(0, Math.min(1, part));
        }
        return seen;
    }

    private static double luminance(double[] rgb) {
        return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
    }

    private static double contrast(double[] a, double[] b) {
        double low = Math.min(luminance(a), luminance(b));
        double high = Math.max(luminance(a), luminance(b));
        return (high + 0.05) / (low + 0.05);
    }

    private static double difference(double[] a, double[] b) {
        double[] x = lab(a);
        double[] y = lab(b);
        return Math.sqrt(Math.pow(x[0] - y[0], 2) + Math.pow(x[1] - y[1], 2) + Math.pow(x[2] - y[2], 2));
    }

    private static double[] lab(double[] rgb) {
        double x = bent((0.4124 * rgb[0] + 0.3576 * rgb[1] + 0.1805 * rgb[2]) / 0.95047);
        double y = bent(luminance(rgb));
        double z = bent((0.0193 * rgb[0] + 0.1192 * rgb[1] + 0.9505 * rgb[2]) / 1.08883);
        return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
    }

    private static double bent(double part) {
        return part > 0.008856 ? Math.cbrt(part) : 7.787 * part + 16.0 / 116;
    }
}
