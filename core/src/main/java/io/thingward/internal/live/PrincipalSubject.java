package io.thingward.internal.live;

import io.thingward.access.CredentialInfo;
import io.thingward.access.Decision;
import io.thingward.access.Device;
import io.thingward.access.Reason;
import io.thingward.access.SubjectKind;
import io.thingward.access.SubjectWorkspace;
import io.thingward.internal.rights.HeldRights;
import io.thingward.internal.rights.Holdings;
import io.thingward.internal.rights.NarrowedRights;
import io.thingward.internal.rights.Rights;
import io.thingward.model.DeviceId;
import io.thingward.model.PrincipalId;
import io.thingward.model.Restriction;
import io.thingward.model.WorkspaceId;
import io.thingward.permission.DevicePermission;
import io.thingward.permission.WorkspacePermission;
import io.thingward.store.LifecycleState;
import io.thingward.store.MembershipId;
import io.thingward.store.MembershipRecord;
import io.thingward.store.Page;
import io.thingward.store.PageRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A user or an API user, through a session or an API key. */
final class PrincipalSubject extends LiveSubject {
  private final PrincipalId id;
  private final Optional<WorkspaceId> home;
  private final Restriction restriction;
  private final Map<WorkspaceId, Place> places = new ConcurrentHashMap<>();

  PrincipalSubject(
      Grounds grounds,
      CredentialInfo info,
      LiveCredential<?, ?> credential,
      PrincipalId id,
      Optional<WorkspaceId> home) {
    super(grounds, info, credential);
    this.id = id;
    this.home = home;
    this.restriction = info.restriction();
  }

  /* One workspace as this subject sees it: the shared rights, and what its key leaves of them. */
  private static final class Place {
    private final Membership membership;
    private final @Nullable HeldRights restriction;
    private volatile @Nullable NarrowedRights narrowed;

    Place(Membership membership, @Nullable HeldRights restriction) {
      this.membership = membership;
      this.restriction = restriction;
    }

    Rights rights(HeldRights held) {
      if (restriction == null) {
        return held;
      }
      NarrowedRights last = narrowed;
      if (last == null || last.held() != held) {
        last = new NarrowedRights(held, restriction);
        narrowed = last;
      }
      return last;
    }
  }

  @Override
  public SubjectKind kind() {
    return home.isPresent() ? SubjectKind.API_USER : SubjectKind.USER;
  }

  @Override
  public Optional<PrincipalId> principal() {
    return Optional.of(id);
  }

  @Override
  public Optional<DeviceId> device() {
    return Optional.empty();
  }

  @Override
  public Optional<WorkspaceId> workspace() {
    return home;
  }

  /**
   * Why an API user's workspace, which is its key's holder, too, refuses it, by the clock and on
   * fresh records; or null.
   */
  @Nullable Reason freshHomeRefusal() {
    if (home.isEmpty()) {
      return null;
    }
    Membership.Part part = grounds.membership(new MembershipId(home.get(), id)).freshPart();
    return part.isActive() ? null : withoutPart(part, Reason.WORKSPACE_DELETED);
  }

  @Override
  public boolean isActive() {
    return refusal() == null && isHomeActive();
  }

  private boolean isHomeActive() {
    return home.map(place -> place(place).membership.part().isActive()).orElse(true);
  }

  @Override
  @Nullable Rights rights(WorkspaceId workspace) {
    if (!isWithin(workspace)) {
      return null;
    }
    Place place = place(workspace);
    Membership.Part part = place.membership.part();
    return part.member() && part.isActive() ? place.rights(part.rights()) : null;
  }

  private boolean isWithin(WorkspaceId workspace) {
    return home.isEmpty() || home.get().equals(workspace);
  }

  /* Kept only where the subject has a part: names of workspaces come from callers. */
  private Place place(WorkspaceId workspace) {
    Place known = places.get(workspace);
    if (known != null) {
      return known;
    }
    Place place =
        new Place(grounds.membership(new MembershipId(workspace, id)), restrictionIn(workspace));
    if (place.membership.part().member()) {
      places.putIfAbsent(workspace, place);
      grounds.watches().touched(this);
    }
    return place;
  }

  private static Reason withoutPart(Membership.Part part, Reason otherwise) {
    return part.member() && part.state().filter(s -> s == LifecycleState.SUSPENDED).isPresent()
        ? Reason.WORKSPACE_SUSPENDED
        : otherwise;
  }

  @Override
  Decision explain(WorkspacePermission permission, int position, WorkspaceId workspace) {
    if (!isWithin(workspace)) {
      return Decision.deny(permission, Reason.NOT_GRANTED);
    }
    Place place = place(workspace);
    Membership.Part part = place.membership.part();
    if (!part.member() || !part.isActive()) {
      return Decision.deny(permission, withoutPart(part, Reason.NOT_GRANTED));
    }
    if (!place.rights(part.rights()).has(position)) {
      boolean held = part.rights().has(position);
      return Decision.deny(permission, held ? Reason.RESTRICTED : Reason.NOT_GRANTED);
    }
    return grounds.explanations().allowed(permission, part);
  }

  @Override
  Decision explain(DevicePermission permission, int position, Device device) {
    if (!isWithin(device.workspace())) {
      return Decision.deny(permission, Reason.NOT_GRANTED);
    }
    Place place = place(device.workspace());
    Membership.Part part = place.membership.part();
    if (!part.member() || !part.isActive()) {
      return Decision.deny(permission, withoutPart(part, Reason.NOT_GRANTED));
    }
    if (!place.rights(part.rights()).has(position, device)) {
      boolean held = part.rights().has(position, device);
      return Decision.deny(permission, held ? Reason.RESTRICTED : Reason.NOT_GRANTED);
    }
    return grounds.explanations().allowed(permission, part, device);
  }

  @Override
  public Standing readStanding(WorkspaceId workspace) {
    if (!isWithin(workspace) || !isLeftBy(restriction, workspace)) {
      return Standing.NONE;
    }
    Membership.Part part = grounds.readPart(new MembershipId(workspace, id));
    Rights rights =
        part.isActive() && part.member() ? narrowed(part.rights(), workspace) : HeldRights.NOTHING;
    return new Standing(part.member(), part.isActive(), part.owner(), rights);
  }

  private Rights narrowed(HeldRights held, WorkspaceId workspace) {
    HeldRights left = restrictionIn(workspace);
    return left == null ? held : new NarrowedRights(held, left);
  }

  private @Nullable HeldRights restrictionIn(WorkspaceId workspace) {
    return restriction.isUnrestricted()
        ? null
        : HeldRights.exactly(Holdings.of(restriction, workspace, positions.catalog()), positions);
  }

  @Override
  State state() {
    Reason refusal = refusal();
    boolean active = refusal == null && isHomeActive();
    List<Object> rest = new ArrayList<>();
    rest.add(Optional.ofNullable(refusal));
    for (Place place : places.values()) {
      Membership.Part part = place.membership.part();
      rest.add(part.state());
      rest.add(part.rights());
    }
    return new State(active, rest);
  }

  @Override
  Set<Object> interests() {
    Set<Object> keys = new HashSet<>();
    keys.add(credential().id());
    keys.add(id);
    home.ifPresent(keys::add);
    places.forEach(
        (workspace, place) -> {
          keys.add(workspace);
          keys.addAll(place.membership.lastRoles());
        });
    return keys;
  }

  @Override
  public Page<SubjectWorkspace> workspaces(PageRequest page) {
    Objects.requireNonNull(page, "page");
    if (refusal() != null) {
      return new Page<>(List.of(), Optional.empty());
    }
    Page<MembershipRecord> listed = grounds.records().listings().memberships(id, page);
    List<SubjectWorkspace> found = new ArrayList<>();
    for (MembershipRecord membership : listed.items()) {
      WorkspaceId workspace = membership.id().workspace();
      if (isWithin(workspace) && isLeftBy(restriction, workspace)) {
        Membership.Part part = place(workspace).membership.part();
        if (part.member() && part.isActive()) {
          found.add(new SubjectWorkspace(workspace, part.name(), part.owner()));
        }
      }
    }
    return new Page<>(found, listed.next());
  }

  private static boolean isLeftBy(Restriction restriction, WorkspaceId workspace) {
    return restriction.isUnrestricted()
        || restriction.rows().stream().anyMatch(row -> row.workspace().equals(workspace));
  }
}
