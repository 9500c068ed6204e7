package io.thingward.internal.throttle;

/* Where an attempt comes from, and the stripe that counts it. */
record Source(Sources sources, Key key) {}
