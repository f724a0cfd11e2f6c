/** Reports as SARIF 2.1.0, for code scanning: findings only, with fingerprints that outlive unrelated changes. */
package dev.faultline.report.sarif;
