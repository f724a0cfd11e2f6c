/**
 * One HTML file that needs nothing else: what it shows, its style, its script and the pages of the rules it names. Text from
 * structs, profiles and machines is escaped where it is written ({@code HtmlEscaper}), and a content security policy lets run and load
 * nothing but that one script.
 */
package dev.faultline.report.html;
