package io.thingward.access;

/** Who a subject speaks for. */
public enum SubjectKind {
  /** A person, with a session token or an API key. */
  USER,
  /** A machine identity of one workspace, with an API key. */
  API_USER,
  /** A device, with an access key of its workspace. */
  DEVICE
}
