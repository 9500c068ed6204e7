package io.thingward.audit;

/** Kinds of audit events. What no listener wants is not even made. */
public enum AuditKind {
  /** Somebody authenticated. With many devices by far the most frequent. */
  AUTHENTICATED,
  /** Somebody was refused. */
  REFUSED,
  /** Somebody was told to try later: throttled, or the hasher was busy. */
  DELAYED,
  /** An authentication could not be decided. */
  UNAVAILABLE,
  /** A management call took effect. */
  CHANGED,
  /** A management call was refused. */
  NOT_CHANGED,
  /** It is not known whether a management call took effect. */
  UNKNOWN
}
