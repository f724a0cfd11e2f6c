package dev.faultline.report.html;

import dev.faultline.input.VisibleText;
import dev.faultline.report.document.DocumentBlock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Draws a chart as SVG: lines over numbers, such as CPUs, or an interval for each name, such as that of a contestant.
 * Series differ in colour, mark and dashes, so that no reader needs the colour.
 */
final class HtmlChart {

    private static final int WIDTH = 560;
    private static final int TOP = 34;
    private static final int LEAST_LEFT = 80;
    private static final int RIGHT = 16;
    private static final int BOTTOM = 44;
    private static final int HEIGHT = 300;
    private static final int NAME_ROW = 18;
    /** A character of the small font, about. */
    private static final double CHAR_WIDTH = 7.3;

    private static final int MARKS = 5;

    private final DocumentBlock.Chart chart;
    private final StringBuilder out;
    private final List<String> labels;
    private final Axis axis;
    /** Where the lines begin, right of the longest number at them. */
    private final int left;

    HtmlChart(DocumentBlock.Chart chart, StringBuilder out) {
        this.chart = chart;
        this.out = out;
        Set<String> all = new LinkedHashSet<>();
        double least = Double.MAX_VALUE;
        double most = 0;
        for (DocumentBlock.Series series : chart.series()) {
            for (DocumentBlock.Point point : series.points()) {
                all.add(point.label());
                least = Math.min(least, point.low());
                most = Math.max(most, point.high());
            }
        }
        labels = List.copyOf(all);
        axis = labels.isEmpty() ? new Axis(0, 1, false) : new Axis(least, most, chart.isLogarithmic() && least > 0);
        left = (int) Math.max(
                LEAST_LEFT,
                axis.ticks().stream()
                                        .mapToInt(tick -> tick.words().length())
                                        .max()
                                        .orElse(0)
                                * CHAR_WIDTH
                        + 32);
    }

    /** Appends the figure; nothing when there is no point. */
    void write() {
        if (labels.isEmpty()) {
            return;
        }
        out.append("<figure class=\"chart\"><figcaption>");
        HtmlEscaper.html(chart.title(), out);
        out.append("</figcaption>\n");
        if (labels.stream().allMatch(HtmlChart::isNumber)) {
            overNumbers();
        } else {
            overNames();
        }
        out.append("</svg></figure>\n");
    }

    private static boolean isNumber(String label) {
        return !label.isEmpty() && label.length() < 10 && label.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private void open(int height) {
        out.append("<svg role=\"img\" viewBox=\"0 0 " + WIDTH + " " + height + "\" aria-label=\"");
        HtmlEscaper.html("Chart: " + chart.title() + "; the table beside it holds its numbers", out);
        out.append("\">\n");
    }

    // ---- values up, numbers across

    private void overNumbers() {
        int rows = legendRows();
        int top = TOP + (rows - 1) * NAME_ROW;
        int height = HEIGHT + (rows - 1) * NAME_ROW;
        int bottom = height - BOTTOM;
        open(height);
        legend();
        for (Axis.Tick tick : axis.ticks()) {
            double y = bottom - tick.part() * (bottom - top);
            line("grid", left, y, WIDTH - RIGHT, y);
            text("end", left - 6, y + 4, tick.words());
        }
        Across across = new Across();
        double nextFree = 0;
        for (String label : labels) {
            double x = across.x(label);
            double half = label.length() * CHAR_WIDTH / 2;
            if (x - half >= nextFree) {
                text("middle", x, bottom + 18, label);
                nextFree = x + half + 6;
            }
            line("grid", x, bottom, x, bottom + 4);
        }
        text("middle", (left + WIDTH - RIGHT) / 2.0, height - 6, chart.across());
        upward((top + bottom) / 2.0, chart.up());
        for (int s = 0; s < chart.series().size(); s++) {
            series(s, across, top, bottom);
        }
    }

    private void series(int s, Across across, int top, int bottom) {
        DocumentBlock.Series series = chart.series().get(s);
        out.append("<g class=\"s").append(s % MARKS).append("\"><polyline class=\"path\" points=\"");
        for (DocumentBlock.Point point : series.points()) {
            out.append(coordinate(across.x(point.label()))).append(',');
            out.append(coordinate(bottom - axis.part(point.value()) * (bottom - top)))
                    .append(' ');
        }
        out.append("\"/>\n");
        for (DocumentBlock.Point point : series.points()) {
            double x = across.x(point.label());
            double y = bottom - axis.part(point.value()) * (bottom - top);
            if (point.low() < point.high()) {
                line(
                        "whisker",
                        x,
                        bottom - axis.part(point.low()) * (bottom - top),
                        x,
                        bottom - axis.part(point.high()) * (bottom - top));
            }
            mark(s, x, y, series.name() + ", " + counted(point.label()) + ": " + point.words());
        }
        out.append("</g>\n");
    }

    /** {@return {@code "8 CPUs"}, {@code "1 CPU"}} */
    private String counted(String number) {
        String unit = chart.across();
        boolean isOne = number.equals("1") && unit.endsWith("s");
        return number + " " + (isOne ? unit.substring(0, unit.length() - 1) : unit);
    }

    /** Names the axis at the left edge, from bottom to top. */
    private void upward(double middle, String words) {
        out.append("<text class=\"middle\" transform=\"translate(14 ")
                .append(coordinate(middle))
                .append(") rotate(-90)\">");
        HtmlEscaper.html(words, out);
        out.append("</text>\n");
    }

    /** Where a number stands: by ratio when all are above 0. */
    private final class Across {
        private final Axis numbers;

        Across() {
            double least =
                    labels.stream().mapToDouble(Double::parseDouble).min().orElse(1);
            double most = labels.stream().mapToDouble(Double::parseDouble).max().orElse(1);
            numbers = Axis.tight(least, most, least > 0);
        }

        double x(String label) {
            return left + 14 + numbers.part(Double.parseDouble(label)) * (WIDTH - RIGHT - left - 28);
        }
    }

    // ---- names down, values across

    private void overNames() {
        int many = chart.series().size();
        int rowHeight = Math.max(24, many * 14 + 8);
        int longest = labels.stream().mapToInt(String::length).max().orElse(0);
        int begin = (int) Math.min(WIDTH * 0.45, longest * CHAR_WIDTH + 14);
        int top = many > 1 ? TOP + (legendRows() - 1) * NAME_ROW : 8;
        int bottom = top + labels.size() * rowHeight;
        int height = bottom + BOTTOM;
        open(height);
        if (many > 1) {
            legend();
        }
        double nextFree = 0;
        for (Axis.Tick tick : axis.ticks()) {
            double x = begin + 8 + tick.part() * (WIDTH - RIGHT - begin - 24);
            line("grid", x, top, x, bottom);
            double half = tick.words().length() * CHAR_WIDTH / 2;
            if (x - half >= nextFree) {
                text("middle", x, bottom + 18, tick.words());
                nextFree = x + half + 8;
            }
        }
        text("middle", (begin + WIDTH - RIGHT) / 2.0, height - 6, chart.up());
        for (int l = 0; l < labels.size(); l++) {
            double middle = top + (l + 0.5) * rowHeight;
            text("end", begin - 4, middle + 4, shortened(labels.get(l), (int) ((begin - 8) / CHAR_WIDTH)));
            for (int s = 0; s < many; s++) {
                interval(s, labels.get(l), begin, middle + (s - (many - 1) / 2.0) * 14);
            }
        }
    }

    private void interval(int s, String label, int begin, double y) {
        DocumentBlock.Series series = chart.series().get(s);
        for (DocumentBlock.Point point : series.points()) {
            if (point.label().equals(label)) {
                double width = WIDTH - RIGHT - begin - 24;
                double low = begin + 8 + axis.part(point.low()) * width;
                double high = begin + 8 + axis.part(point.high()) * width;
                out.append("<g class=\"s").append(s % MARKS).append("\">");
                line("whisker", low, y, high, y);
                line("whisker", low, y - 4, low, y + 4);
                line("whisker", high, y - 4, high, y + 4);
                mark(
                        s,
                        begin + 8 + axis.part(point.value()) * width,
                        y,
                        label + ", " + series.name() + ": " + point.words());
                out.append("</g>\n");
            }
        }
    }

    // ---- both

    /** Names of the series, in as many rows as they need. */
    private void legend() {
        double x = 8;
        double y = 16;
        for (int s = 0; s < chart.series().size(); s++) {
            String name = VisibleText.of(chart.series().get(s).name());
            double width = 34 + name.length() * CHAR_WIDTH;
            if (x > 8 && x + width > WIDTH) {
                x = 8;
                y += NAME_ROW;
            }
            out.append("<g class=\"s").append(s % MARKS).append("\">");
            line("path", x, y - 4, x + 22, y - 4);
            mark(s, x + 11, y - 4, name);
            out.append("</g>");
            text("start", x + 28, y, name);
            x += width + 12;
        }
    }

    private int legendRows() {
        int rows = 1;
        double x = 8;
        for (DocumentBlock.Series series : chart.series()) {
            double width = 34 + VisibleText.of(series.name()).length() * CHAR_WIDTH;
            if (x > 8 && x + width > WIDTH) {
                x = 8;
                rows++;
            }
            x += width + 12;
        }
        return rows;
    }

    private void mark(int s, double x, double y, String words) {
        String at = "translate(" + coordinate(x) + " " + coordinate(y) + ")";
        String shape = switch (s % MARKS) {
            case 0 -> "M-4-4h8v8h-8z";
            case 1 -> "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z";
            case 2 -> "M0-6l6 10h-12z";
            case 3 -> "M0-6l6 6l-6 6l-6-6z";
            default -> "M0 6l6-10h-12z";
        };
        out.append("<path class=\"mark\" transform=\"")
                .append(at)
                .append("\" d=\"")
                .append(shape)
                .append("\"><title>");
        HtmlEscaper.html(words, out);
        out.append("</title></path>");
    }

    private void line(String kind, double x1, double y1, double x2, double y2) {
        out.append("<path class=\"")
                .append(kind)
                .append("\" d=\"M")
                .append(coordinate(x1))
                .append(' ')
                .append(coordinate(y1));
        out.append('L')
                .append(coordinate(x2))
                .append(' ')
                .append(coordinate(y2))
                .append("\"/>");
    }

    private void text(String anchor, double x, double y, String text) {
        out.append("<text class=\"")
                .append(anchor)
                .append("\" x=\"")
                .append(coordinate(x))
                .append("\" y=\"");
        out.append(coordinate(y)).append("\">");
        HtmlEscaper.html(text, out);
        out.append("</text>\n");
    }

    private static String shortened(String raw, int chars) {
        String text = VisibleText.of(raw);
        return text.length() <= chars ? text : text.substring(0, Math.max(1, chars - 1)) + "…";
    }

    private static String coordinate(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    /** From values to parts of a length, with round numbers marked. */
    static final class Axis {

        private final double low;
        private final double high;
        private final boolean isLogarithmic;

        /** An axis that begins and ends at round numbers; at 0 when it is not by ratio. */
        Axis(double least, double most, boolean isLogarithmic) {
            this(
                    isLogarithmic ? roundDown(least) : 0,
                    isLogarithmic ? roundUp(most, roundDown(least)) : most <= 0 ? 1 : roundUp(most, 0),
                    isLogarithmic,
                    true);
        }

        private Axis(double low, double high, boolean isLogarithmic, boolean ignored) {
            this.low = low;
            this.high = high;
            this.isLogarithmic = isLogarithmic;
        }

        /** An axis that begins and ends where its values do. */
        static Axis tight(double least, double most, boolean isLogarithmic) {
            return new Axis(least, most, isLogarithmic, true);
        }

        /** A round number and where it stands, from 0 to 1. */
        record Tick(double part, String words) {}

        /** {@return where a value stands, from 0 to 1} */
        double part(double value) {
            if (high <= low) {
                return 0.5;
            }
            return isLogarithmic
                    ? (Math.log(value) - Math.log(low)) / (Math.log(high) - Math.log(low))
                    : (value - low) / (high - low);
        }

        /** {@return round numbers, some three to ten} */
        List<Tick> ticks() {
            List<Tick> ticks = new ArrayList<>();
            if (isLogarithmic) {
                boolean onlyTens = high / low > 2000;
                for (double ten = Math.pow(10, Math.floor(Math.log10(low))); ten <= high * 1.001; ten *= 10) {
                    for (double digit : onlyTens ? new double[] {1} : new double[] {1, 2, 5}) {
                        double value = ten * digit;
                        if (value >= low * 0.999 && value <= high * 1.001) {
                            ticks.add(new Tick(part(value), words(value)));
                        }
                    }
                }
            } else {
                double step = roundUp(high / 6, 0);
                for (int i = 0; i * step <= high * 1.001; i++) {
                    ticks.add(new Tick(part(i * step), words(i * step)));
                }
            }
            return ticks;
        }

        private static double roundDown(double value) {
            double ten = Math.pow(10, Math.floor(Math.log10(value)));
            double digit = value / ten;
            return ten * (digit >= 4.999 ? 5 : digit >= 1.999 ? 2 : 1);
        }

        /** The next of 1, 2, 5, 10 and so on that is above {@code floor}. */
        private static double roundUp(double value, double floor) {
            double ten = Math.pow(10, Math.floor(Math.log10(value)));
            double digit = value / ten;
            double up = ten * (digit <= 1.001 ? 1 : digit <= 2.001 ? 2 : digit <= 5.001 ? 5 : 10);
            return up > floor ? up : up * 2.5;
        }

        /** {@return the number as people read it} */
        static String words(double value) {
            return value == 0
                    ? "0"
                    : String.format(
                                    Locale.ROOT,
                                    value >= 100
                                            ? "%,.0f"
                                            : value >= 10
                                                    ? "%.1f"
                                                    : value >= 1 ? "%.2f" : value >= 0.001 ? "%.3f" : "%.0e",
                                    value)
                            .replaceAll("(\\.\\d*?)0+$", "$1")
                            .replaceAll("\\.$", "");
        }
    }
}
