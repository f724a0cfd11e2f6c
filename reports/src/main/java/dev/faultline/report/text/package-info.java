/** Documents as text for a terminal of any width from 60 columns up; with or without colour. */
package dev.faultline.report.text;
