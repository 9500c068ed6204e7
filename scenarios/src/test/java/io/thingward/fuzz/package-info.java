/**
 * Whatever reads text that somebody else wrote, asked by a fuzzer. A build asks what is stored and
 * what was found before; fuzzing itself is asked for, one reader at a time, see {@code
 * docs/fuzzing.md}.
 */
@NullMarked
package io.thingward.fuzz;

import org.jspecify.annotations.NullMarked;
