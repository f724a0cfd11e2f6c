/**
 * The result types of the search for better layouts: candidates with their costs, the moves that lead to them, the
 * proof of how good they are, and the constraints they keep. {@code suggest.struct} finds layouts of structs, {@code
 * suggest.java} chains of Java superclasses; both pack fields onto lines with {@code suggest.packing}, by the costs
 * of {@code suggest.cost}. {@code suggest.verify} checks the results and shares no code with the search.
 */
package dev.faultline.suggest;
