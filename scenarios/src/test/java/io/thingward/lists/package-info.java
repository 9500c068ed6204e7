/** Which devices: one answer of {@code decide}, of filters in memory, and of every database. */
package io.thingward.lists;
