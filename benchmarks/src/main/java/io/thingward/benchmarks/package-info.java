/**
 * Programs that measure the library. Each has a main; {@code docs/benchmarks.md} says how to run
 * it.
 */
package io.thingward.benchmarks;
