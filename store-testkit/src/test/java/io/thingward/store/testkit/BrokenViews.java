package io.thingward.store.testkit;

import io.thingward.model.CredentialId;
import io.thingward.model.PrincipalId;
import io.thingward.model.WorkspaceId;
import io.thingward.store.AccessKeyRecord;
import io.thingward.store.KeyView;
import io.thingward.store.KeyViews;
import io.thingward.store.LifecycleState;
import io.thingward.store.PrincipalRecord;
import io.thingward.store.SessionView;
import io.thingward.store.SessionViews;
import io.thingward.store.Stores;
import io.thingward.store.WorkspaceRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/** Stores that read credentials and holders together, and have one flaw in that. */
final class BrokenViews {
  private BrokenViews() {}

  static List<Broken<Stores>> ofKeys() {
    Map<CredentialId, KeyView> cache = new ConcurrentHashMap<>();
    return List.of(
        key("forgets the workspace", 87, (s, v) -> with(v, v.principal(), Optional.empty())),
        key(
            "takes a principal for the holder of an access key",
            87,
            (s, v) -> with(v, v.principal().or(() -> namesake(s, v)), v.workspace())),
        key(
            "takes a workspace for the holder of an API key",
            87,
            (s, v) ->
                with(
                    v,
                    v.principal(),
                    v.workspace()
                        .or(
                            () ->
                                v.principal()
                                    .flatMap(
                                        p ->
                                            s.workspaces().find(WorkspaceId.of(p.id().value())))))),
        key(
            "leaves out holders that are deleted",
            88,
            (s, v) ->
                with(
                    v,
                    v.principal().filter(p -> p.state() != LifecycleState.DELETED),
                    v.workspace())),
        key(
            "answers from a cache",
            88,
            (s, v) -> v.key().isEmpty() ? v : cache.computeIfAbsent(v.key().get().id(), id -> v)));
  }

  private static KeyView with(
      KeyView view, Optional<PrincipalRecord> principal, Optional<WorkspaceRecord> workspace) {
    return new KeyView(view.key(), principal, workspace);
  }

  private static Optional<PrincipalRecord> namesake(Stores stores, KeyView view) {
    return view.key()
        .filter(AccessKeyRecord.class::isInstance)
        .flatMap(
            key ->
                stores
                    .principals()
                    .find(PrincipalId.of(((AccessKeyRecord) key).workspace().value())));
  }

  static List<Broken<Stores>> ofSessions() {
    Map<CredentialId, SessionView> cache = new ConcurrentHashMap<>();
    return List.of(
        session(
            "finds no session without a user",
            89,
            (s, v) ->
                v.user().isPresent() ? v : new SessionView(Optional.empty(), Optional.empty())),
        session(
            "leaves out users that are suspended",
            90,
            (s, v) ->
                new SessionView(
                    v.session(), v.user().filter(u -> u.state() != LifecycleState.SUSPENDED))),
        session(
            "answers from a cache",
            90,
            (s, v) ->
                v.session().isEmpty()
                    ? v
                    : cache.computeIfAbsent(v.session().get().id(), id -> v)));
  }

  private static Broken<Stores> key(
      String flaw, int rule, BiFunction<Stores, KeyView, KeyView> breaking) {
    return new Broken<>(
        flaw,
        rule,
        stores ->
            new Forwarding.OfStores(stores) {
              @Override
              public Optional<KeyViews> keyViews() {
                return stores.keyViews().map(real -> id -> breaking.apply(stores, real.view(id)));
              }
            });
  }

  private static Broken<Stores> session(
      String flaw, int rule, BiFunction<Stores, SessionView, SessionView> breaking) {
    return new Broken<>(
        flaw,
        rule,
        stores ->
            new Forwarding.OfStores(stores) {
              @Override
              public Optional<SessionViews> sessionViews() {
                return stores
                    .sessionViews()
                    .map(real -> id -> breaking.apply(stores, real.view(id)));
              }
            });
  }
}
