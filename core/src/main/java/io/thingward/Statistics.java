package io.thingward;

import java.time.Duration;
import java.util.Optional;

/**
 * How a node is doing, for metrics and alarms: counts since it was built, and readings of this
 * moment. Each number is right by itself; they are not of one instant.
 *
 * @param hits look-ups of authentications that were answered from memory; checks on held subjects
 *     look nothing up and are not counted
 * @param loads reads of a store or the device directory for what memory did not have
 * @param joins callers that waited for the read of another of the same record
 * @param overtaken reads whose result was not kept, because a change came in between
 * @param staleDrops records dropped from memory because nothing vouched for them any longer: with a
 *     feed that answers there are none
 * @param cached records in memory, and known absences, about
 * @param callsInFlight calls of the stores under way now
 * @param callsRefused calls that found no room within a second, see {@link
 *     ThingwardBuilder#storeCalls}
 * @param feedLag how long ago the last complete reading of the slowest change feed began; empty
 *     without a feed. Beyond the freshness bound records are read again instead
 * @param unverified for how long in all a change feed has been silent beyond the freshness bound,
 *     the worst of them; zero without one
 * @param tickerLateness by how much a check on a held subject may have exceeded the freshness bound
 *     at most: what the ticker was ever late
 * @param watchBound how late a watch may tell of what another node changed: the freshness bound
 *     while change feeds tell of everything, else by the number of watches. What this node changes
 *     is told without delay
 */
public record Statistics(
    long hits,
    long loads,
    long joins,
    long overtaken,
    long staleDrops,
    long cached,
    int callsInFlight,
    long callsRefused,
    Optional<Duration> feedLag,
    Duration unverified,
    Duration tickerLateness,
    Duration watchBound) {}
