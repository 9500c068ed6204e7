package io.thingward.model;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

/** The rule for names and descriptions that people give to things; they decide nothing. */
public final class Names {
  private Names() {}

  /** Returns a name of 1 to {@value Limits#NAME_LENGTH} characters without controls. */
  @CanIgnoreReturnValue
  public static String check(String name) {
    return Text.check("name", name, Limits.NAME_LENGTH);
  }

  /** Returns a description of 0 to {@value Limits#DESCRIPTION_LENGTH} characters. */
  @CanIgnoreReturnValue
  public static String checkDescription(String description) {
    return Text.checkOptional("description", description, Limits.DESCRIPTION_LENGTH);
  }
}
