package io.thingward.model;

/**
 * Names a device within its workspace. Opaque, exact, case-sensitive; a host never reuses one in a
 * workspace.
 *
 * @param value 1 to {@value Limits#DEVICE_ID_LENGTH} UTF-16 code units, without control characters
 *     and unpaired surrogates
 */
public record DeviceId(String value) implements Comparable<DeviceId> {
  /** Validates. */
  public DeviceId {
    Text.check("device id", value, Limits.DEVICE_ID_LENGTH);
  }

  /** The id with this text; {@link IllegalArgumentException} where it breaks the rule above. */
  public static DeviceId of(String value) {
    return new DeviceId(value);
  }

  @Override
  public int compareTo(DeviceId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
