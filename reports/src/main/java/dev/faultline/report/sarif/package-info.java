/** Reports as SARIF 2.1.0, for code scanning: findings and broken promises, as GitHub takes them. */
package dev.faultline.report.sarif;
