/**
 * Documents as one HTML file that needs nothing else: style, script and the pages of the rules it names are in it. Text
 * from structs, profiles and machines is escaped where it is written ({@code HtmlEscaper}), and a content security
 * policy lets nothing run or load but that one script.
 */
package dev.faultline.report.html;
