package io.thingward.crash;

import io.thingward.Thingward;
import io.thingward.access.Device;
import io.thingward.access.DeviceReach;
import io.thingward.model.PasswordHash;
import io.thingward.password.Password;
import io.thingward.password.PasswordHasher;
import io.thingward.permission.DevicePermission;
import io.thingward.permission.WorkspacePermission;
import io.thingward.store.Stores;
import java.util.List;
import java.util.Optional;

/** The platform whose database dies: every device there could be, in Paris, and free passwords. */
final class Platform {
  static final DevicePermission VIEW = DevicePermission.of("view", "See it");
  static final DevicePermission RECORD = DevicePermission.of("record", "Record measurements");
  static final DevicePermission HEAT = DevicePermission.of("heat", "Make it warmer");
  static final DevicePermission COOL = DevicePermission.of("cool", "Make it colder");
  static final WorkspacePermission PAY = WorkspacePermission.of("pay", "Pay invoices");

  private Platform() {}

  /** A node on these stores. */
  static Thingward node(Stores stores) {
    return Thingward.builder()
        .permissions(List.of(VIEW, RECORD, HEAT, COOL, PAY))
        .devices(DeviceReach.self(RECORD).peers(VIEW))
        .directory((workspace, id) -> Optional.of(inParis(Device.of(workspace, id.value()))))
        .passwords(new FreeHasher())
        .stores(stores)
        .build();
  }

  private static Device inParis(Device device) {
    return device.tagged("site", "paris");
  }

  /** The hash of the one password that everybody has. */
  static PasswordHash everybodysHash() {
    return new PasswordHash("$free$", Optional.empty());
  }

  /* What a hash costs, and whether it is right, is proven elsewhere. */
  private static final class FreeHasher implements PasswordHasher {
    @Override
    public PasswordHash hash(Password password) {
      return everybodysHash();
    }

    @Override
    public Verification verify(Password password, PasswordHash stored) {
      return stored.equals(everybodysHash()) ? Verification.MATCH : Verification.MISMATCH;
    }
  }
}
