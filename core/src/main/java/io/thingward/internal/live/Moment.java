package io.thingward.internal.live;

/**
 * When a read began.
 *
 * @param at on the monotonic clock
 * @param marks the count of marks: who was marked at a higher one may have changed since
 */
record Moment(long at, long marks) {}
