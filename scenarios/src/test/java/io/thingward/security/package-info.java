/** Attacks that cross modules: leaked secrets and hostile input. */
package io.thingward.security;
