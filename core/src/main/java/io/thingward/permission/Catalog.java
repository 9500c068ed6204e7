package io.thingward.permission;

import io.thingward.model.Limits;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Every permission there is: the host's own, declared once, and the library's reserved ones, whose
 * names start with {@value #RESERVED}. Immutable and thread-safe.
 */
public final class Catalog {
  /** What the name of a permission starts with that guards the library's own operations. */
  public static final String RESERVED = "thingward.";

  private final Kind<WorkspacePermission> workspace;
  private final Kind<DevicePermission> device;

  private Catalog(Kind<WorkspacePermission> workspace, Kind<DevicePermission> device) {
    this.workspace = workspace;
    this.device = device;
  }

  /**
   * The catalog of these permissions. {@link IllegalArgumentException} if a name is declared twice,
   * is reserved, or implies in a circle or something undeclared.
   */
  public static Catalog of(Collection<? extends Permission> declared) {
    Kind<WorkspacePermission> workspace = new Kind<>();
    Kind<DevicePermission> device = new Kind<>();
    for (Permission permission : declared) {
      if (permission.name().startsWith(RESERVED)) {
        throw new IllegalArgumentException(
            "the name " + permission + " is reserved: it starts with " + RESERVED);
      }
      if (permission instanceof WorkspacePermission w) {
        workspace.declare(w);
      } else if (permission instanceof DevicePermission d) {
        device.declare(d);
      }
    }
    ManagementPermissions.all().forEach(workspace::declare);
    for (String name : workspace.byName.keySet()) {
      if (device.byName.containsKey(name)) {
        throw new IllegalArgumentException(
            "permission " + name + " is declared both for workspaces and for devices");
      }
    }
    workspace.close();
    device.close();
    return new Catalog(workspace, device);
  }

  /**
   * The workspace permissions, the host's in the order of their declaration, then reserved ones.
   */
  public List<WorkspacePermission> workspacePermissions() {
    return workspace.inOrder;
  }

  /** The device permissions in the order of their declaration. */
  public List<DevicePermission> devicePermissions() {
    return device.inOrder;
  }

  /** The workspace permission with this name. */
  public Optional<WorkspacePermission> workspacePermission(String name) {
    return Optional.ofNullable(workspace.byName.get(name));
  }

  /** The device permission with this name. */
  public Optional<DevicePermission> devicePermission(String name) {
    return Optional.ofNullable(device.byName.get(name));
  }

  /** These names and all they imply, of workspace permissions; unknown names stay as they are. */
  public Set<String> closeWorkspace(Collection<String> names) {
    return workspace.closed(names);
  }

  /** These names and all they imply, of device permissions; unknown names stay as they are. */
  public Set<String> closeDevice(Collection<String> names) {
    return device.closed(names);
  }

  /* The permissions of one kind. */
  private static final class Kind<P extends Permission> {
    private final Map<String, P> byName = new LinkedHashMap<>();
    private List<P> inOrder = List.of();

    void declare(P permission) {
      if (byName.putIfAbsent(permission.name(), permission) != null) {
        throw new IllegalArgumentException("permission " + permission + " is declared twice");
      }
    }

    void close() {
      if (byName.size() > Limits.PERMISSIONS) {
        throw new IllegalArgumentException(
            byName.size() + " permissions of one kind, the limit is " + Limits.PERMISSIONS);
      }
      inOrder = List.copyOf(byName.values());
      for (P permission : inOrder) {
        for (Permission implied : permission.implied()) {
          if (!byName.containsKey(implied.name())) {
            throw new IllegalArgumentException(
                permission + " implies " + implied + ", which is not declared");
          }
        }
      }
      refuseCircles();
    }

    /* Kahn's algorithm: what cannot be ordered is on a circle or behind one. */
    private void refuseCircles() {
      Set<String> settled = new LinkedHashSet<>();
      List<P> open = new ArrayList<>(inOrder);
      while (open.removeIf(
          p -> impliedNames(p).allMatch(settled::contains) && settled.add(p.name()))) {
        // each round settles at least one more
      }
      if (!open.isEmpty()) {
        throw new IllegalArgumentException("permissions imply each other in a circle: " + open);
      }
    }

    private Stream<String> impliedNames(P permission) {
      return permission.implied().stream().map(Permission::name);
    }

    Set<String> closed(Collection<String> names) {
      Set<String> closed = new LinkedHashSet<>();
      Deque<String> open = new ArrayDeque<>(names);
      while (!open.isEmpty()) {
        String name = open.pop();
        P known = byName.get(name);
        if (closed.add(name) && known != null) {
          impliedNames(known).forEach(open::push);
        }
      }
      return closed;
    }
  }
}
