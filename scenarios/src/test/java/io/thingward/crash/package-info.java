/**
 * Databases that are killed in the middle of work: what was acknowledged is there afterwards, and
 * nothing is there by half. What workers do is told as facts that a call makes true or untrue, so
 * that after the crash each fact can be asked of the library again. {@code -Dcrash.kills=100} kills
 * a hundred times, {@code -Dcrash.seed} repeats the draws of a run that failed.
 */
package io.thingward.crash;
