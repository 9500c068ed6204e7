package io.thingward.authentication;

import io.thingward.credential.Secret;
import io.thingward.model.CredentialId;
import io.thingward.model.DeviceId;
import java.util.Objects;
import java.util.Optional;

/**
 * An access key and the id that a device presents: over MQTT, the username, the password and the
 * client id. Immutable, but for the secret's being closed; thread-safe.
 */
public final class DeviceLogin implements PresentedCredential {
  private final Optional<CredentialId> keyId;
  private final String key;
  private final Secret secret;
  private final String device;

  private DeviceLogin(Optional<CredentialId> keyId, String key, Secret secret, String device) {
    this.keyId = keyId;
    this.key = Objects.requireNonNull(key, "key");
    this.secret = Objects.requireNonNull(secret, "secret");
    this.device = Objects.requireNonNull(device, "device");
  }

  /** A login by values. */
  public static DeviceLogin of(CredentialId key, Secret secret, DeviceId device) {
    return new DeviceLogin(Optional.of(key), "", secret, device.value());
  }

  /** A login as it came over the wire: {@code tw_a_...}, {@code tw_x_...}, and the device id. */
  public static DeviceLogin parse(String key, CharSequence secret, String device) {
    return new DeviceLogin(Optional.empty(), key, Secret.of(secret), device);
  }

  /** The id of the access key, where it was given as a value. */
  public Optional<CredentialId> keyId() {
    return keyId;
  }

  /** The text of the access key's id, where it was given as text. */
  public String key() {
    return key;
  }

  /** The secret half of the access key. */
  public Secret secret() {
    return secret;
  }

  /** The presented device id, as text. */
  public String device() {
    return device;
  }

  @Override
  public String toString() {
    return "DeviceLogin[" + keyId.map(CredentialId::toString).orElse("...") + "]";
  }
}
