/** Documents from results: one builder for each kind of result, and what they share. */
package dev.faultline.report.build;
