package io.thingward.model;

/**
 * Every limit of the access model that is a number. {@code docs/limits.md} lists them, and one test
 * holds the list and this class together. Lengths count UTF-16 code units ({@link
 * String#length()}).
 */
public final class Limits {
  /** The longest id of a principal, workspace or role. */
  public static final int ID_LENGTH = 128;

  /** The longest device id. */
  public static final int DEVICE_ID_LENGTH = 255;

  /** The longest tag key, and the longest tag value. */
  public static final int TAG_LENGTH = 255;

  /** The longest permission name. */
  public static final int PERMISSION_NAME_LENGTH = 100;

  /** The longest name of a workspace, role, API user or key. */
  public static final int NAME_LENGTH = 255;

  /** The longest description of an access key. */
  public static final int DESCRIPTION_LENGTH = 1_000;

  /** The longest username. */
  public static final int USERNAME_LENGTH = 128;

  /** Tags on one device. */
  public static final int TAGS_PER_DEVICE = 100;

  /** Device ids in the scope of one access key. */
  public static final int ACCESS_KEY_IDS = 1_000;

  /** Tag entries in the scope of one access key. */
  public static final int ACCESS_KEY_TAG_ENTRIES = 100;

  /** Owners of one workspace; there is always at least one. */
  public static final int OWNERS_PER_WORKSPACE = 100;

  /** Grants of one membership. */
  public static final int GRANTS_PER_MEMBERSHIP = 10_000;

  /** Role assignments of one membership. */
  public static final int ROLES_PER_MEMBERSHIP = 1_000;

  /** Selector terms of one membership: of all its grants and role assignments together. */
  public static final int TERMS_PER_MEMBERSHIP = 50_000;

  /** Terms of any one selector. */
  public static final int TERMS_PER_SELECTOR = 50_000;

  /** Selectors of one set of devices, all of which a device must match. */
  public static final int SELECTORS_PER_SET = 100;

  /** Selector terms of one restriction, all rows together. */
  public static final int TERMS_PER_RESTRICTION = 50_000;

  /**
   * Terms of one set of devices, all selectors together: those of the largest rights in a
   * workspace, of the largest restriction, and of one more selector, with which a host narrows
   * them.
   */
  public static final int TERMS_PER_SET =
      TERMS_PER_MEMBERSHIP + TERMS_PER_RESTRICTION + TERMS_PER_SELECTOR;

  /** Rows of one restriction. */
  public static final int RESTRICTION_ROWS = 100;

  /** Permissions that a catalog declares, of each kind, and that one role or grant names. */
  public static final int PERMISSIONS = 1_000;

  /** API keys of one principal. */
  public static final int API_KEYS_PER_PRINCIPAL = 100;

  /** Live secrets of one key, while a rotation overlaps. */
  public static final int SECRETS_PER_KEY = 2;

  /** Sessions of one user; a login ends the oldest beyond it. */
  public static final int SESSIONS_PER_USER = 20;

  /** The largest page of a listing. */
  public static final int PAGE = 1_000;

  /** Items of one bulk call. */
  public static final int BULK = 10_000;

  private Limits() {}
}
