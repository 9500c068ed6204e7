package io.thingward.permission;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A permission on a workspace as a whole. It cannot be asked of the other kind of target: that does
 * not compile.
 *
 * <pre>{@code
 * static final WorkspacePermission EXAMPLE = WorkspacePermission.of("workspace.billing", "See and pay invoices");
 * }</pre>
 */
public final class WorkspacePermission extends Permission {
  private final Set<WorkspacePermission> implied;

  private WorkspacePermission(String name, String description, Set<WorkspacePermission> implied) {
    super(name, description);
    this.implied = implied;
  }

  /** A permission that implies no other. */
  public static WorkspacePermission of(String name, String description) {
    return new WorkspacePermission(name, description, Set.of());
  }

  /** The same permission, implying these, too. Whoever holds it holds them. */
  public WorkspacePermission implying(WorkspacePermission... permissions) {
    Set<WorkspacePermission> all = new LinkedHashSet<>(implied);
    all.addAll(List.of(permissions));
    return new WorkspacePermission(name(), description(), Set.copyOf(all));
  }

  @Override
  public Set<WorkspacePermission> implied() {
    return implied;
  }
}
