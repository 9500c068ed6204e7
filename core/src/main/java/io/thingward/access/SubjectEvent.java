package io.thingward.access;

/** What happened to a watched subject. */
public enum SubjectEvent {
  /** It will never be allowed anything again: close its connection. */
  ENDED,
  /** Its rights, its suspension or its device's tags changed: ask again what it may do. */
  CHANGED,
  /** Its state cannot be read now; checks answer "unavailable". Told once per such time. */
  UNVERIFIED
}
