/**
 * Two complete nodes on one real database: what one changes the other follows, whatever becomes of
 * the feed and the database.
 */
package io.thingward.nodes;
