/**
 * What a suggestion says: candidates with their costs, the moves that lead to them, the proof of how good they are, and what
 * must not change. {@code suggest.struct} finds layouts of structs, {@code suggest.java} chains of Java superclasses; both
 * pack fields onto lines with {@code suggest.packing}, by the costs of {@code suggest.cost}. {@code suggest.verify} checks
 * the results and shares no code with the search.
 */
package dev.faultline.suggest;
