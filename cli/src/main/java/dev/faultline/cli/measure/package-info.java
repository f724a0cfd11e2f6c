/** Measurements that commands ask for; tests put recorded ones in their place. */
package dev.faultline.cli.measure;
