package dev.faultline.report.build;

import dev.faultline.analysis.HeldBack;
import dev.faultline.hazard.Severity;
import dev.faultline.report.document.Tone;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Counts of findings in words. */
final class FindingWords {

    /** Digits of a group. */
    private static final int THOUSAND = 3;

    private FindingWords() {}

    /** {@return {@code "1 error"}, {@code "2 warnings"}, {@code "4 info"}} */
    static String count(long count, Severity severity) {
        boolean plural = count != 1 && severity != Severity.INFO;
        return number(count) + " " + severity.word() + (plural ? "s" : "");
    }

    /** {@return {@code "3 suspicions"}} */
    static String suspicions(long count) {
        return number(count) + (count == 1 ? " suspicion" : " suspicions");
    }

    /** {@return {@code "9,748 structs"}} */
    static String many(long count, String singular, String plural) {
        return number(count) + " " + (count == 1 ? singular : plural);
    }

    /** {@return with commas between thousands} */
    static String number(long count) {
        StringBuilder digits = new StringBuilder(Long.toString(count)); // a formatter takes milliseconds to load
        for (int at = digits.length() - THOUSAND; at > (count < 0 ? 1 : 0); at -= THOUSAND) {
            digits.insert(at, ',');
        }
        return digits.toString();
    }

    /** {@return a number as a formatter rounds it, which takes milliseconds to load} */
    static String decimal(double number, int digits) {
        BigDecimal rounded = BigDecimal.valueOf(Math.abs(number)).setScale(digits, RoundingMode.HALF_UP);
        return (Double.compare(number, 0) < 0 ? "-" : "") + rounded.toPlainString();
    }

    /** {@return what is held back: {@code "1 suppressed in the source"}; nothing where nothing is} */
    static List<String> heldBack(HeldBack held) {
        List<String> words = new ArrayList<>();
        if (held.known() > 0) {
            words.add(many(held.known(), "known finding", "known findings") + " not shown");
        }
        if (held.suppressed() > 0) {
            words.add(number(held.suppressed()) + " suppressed in the source");
        }
        return words;
    }

    /** {@return how bad the worst is} */
    static Tone tone(Optional<Severity> worst) {
        return worst.map(severity -> switch (severity) {
                    case ERROR -> Tone.BAD;
                    case WARNING -> Tone.MIXED;
                    case INFO -> Tone.PLAIN;
                })
                .orElse(Tone.GOOD);
    }
}
