package io.thingward.internal.throttle;

/* Stands for an account or a source: see KeyedDigest. */
record Key(long high, long low) {}
