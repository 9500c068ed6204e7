package io.thingward.internal.live;

/** What a store keeps, and a feed tells of, as one: each may live in an engine of its own. */
public enum Aggregate {
  /** Users, API users and the claims on usernames. */
  PRINCIPALS,
  /** Workspaces, memberships and roles. */
  WORKSPACES,
  /** API keys and access keys, with their last uses. The feed of keys tells of devices, too. */
  KEYS,
  /** Sessions, with their last uses. */
  SESSIONS
}
