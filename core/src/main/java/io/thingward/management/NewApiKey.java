package io.thingward.management;

import io.thingward.model.DeviceScope;
import io.thingward.model.Names;
import io.thingward.model.WorkspaceId;
import io.thingward.permission.Permission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * An API key to be created. Without a restriction it is its principal, whole.
 *
 * <pre>{@code
 * NewApiKey.of("Grafana").restrictedTo(acme, DeviceScope.all(), VIEW)
 * }</pre>
 *
 * @param name what people will call it
 * @param endsAt when it ends by plan, if ever
 * @param restriction what it narrows to: a right counts where some row has it; empty for no
 *     restriction, an empty list for a key that may do nothing
 */
public record NewApiKey(String name, Optional<Instant> endsAt, Optional<List<Row>> restriction) {
  /** Validates and copies. */
  public NewApiKey {
    Names.check(name);
    Objects.requireNonNull(endsAt, "endsAt");
    restriction = restriction.map(List::copyOf);
  }

  /**
   * One row of a restriction.
   *
   * @param workspace where it applies
   * @param scope the devices that its device permissions reach
   * @param permissions permissions of the catalog, workspace and device ones alike
   */
  public record Row(WorkspaceId workspace, DeviceScope scope, Set<Permission> permissions) {
    /** Copies. */
    public Row {
      Objects.requireNonNull(workspace, "workspace");
      Objects.requireNonNull(scope, "scope");
      permissions = Set.copyOf(permissions);
    }
  }

  /** A key without end and without restriction. */
  public static NewApiKey of(String name) {
    return new NewApiKey(name, Optional.empty(), Optional.empty());
  }

  /** The same with this end. */
  public NewApiKey endsAt(Instant end) {
    return new NewApiKey(name, Optional.of(end), restriction);
  }

  /** The same, narrowed to this row and those given before. */
  public NewApiKey restrictedTo(
      WorkspaceId workspace, DeviceScope scope, Permission... permissions) {
    return restrictedTo(workspace, scope, List.of(permissions));
  }

  /** The same, narrowed to this row and those given before. */
  public NewApiKey restrictedTo(
      WorkspaceId workspace, DeviceScope scope, Collection<? extends Permission> permissions) {
    List<Row> rows = new ArrayList<>(restriction.orElse(List.of()));
    rows.add(new Row(workspace, scope, Set.copyOf(permissions)));
    return new NewApiKey(name, endsAt, Optional.of(rows));
  }
}
