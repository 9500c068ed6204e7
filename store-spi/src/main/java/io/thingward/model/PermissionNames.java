package io.thingward.model;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.Collection;
import java.util.Set;

/**
 * The rule for permission names: {@code [A-Za-z0-9._/:-]{1,100}}, compared exactly. Records keep
 * names, not permissions, so that a node finds in a store what a newer catalog wrote.
 */
public final class PermissionNames {
  private PermissionNames() {}

  /** Returns the name; {@link IllegalArgumentException} where it breaks the rule. */
  @CanIgnoreReturnValue
  public static String check(String name) {
    if (name.isEmpty() || name.length() > Limits.PERMISSION_NAME_LENGTH) {
      throw new IllegalArgumentException(
          "a permission name has 1 to "
              + Limits.PERMISSION_NAME_LENGTH
              + " characters, not "
              + name.length());
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean allowed =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "._/:-".indexOf(c) >= 0;
      if (!allowed) {
        throw new IllegalArgumentException(
            "a permission name has only [A-Za-z0-9._/:-]; see index " + i);
      }
    }
    return name;
  }

  /** Returns an unmodifiable copy of at most {@value Limits#PERMISSIONS} names, each checked. */
  public static Set<String> copy(Collection<String> names) {
    if (names.size() > Limits.PERMISSIONS) {
      throw new IllegalArgumentException(
          names.size() + " permissions, the limit is " + Limits.PERMISSIONS);
    }
    names.forEach(PermissionNames::check);
    return Set.copyOf(names);
  }
}
