package io.thingward.store.testkit;

import static io.thingward.store.testkit.Samples.ACME;
import static io.thingward.store.testkit.Samples.ANN;
import static io.thingward.store.testkit.Samples.T0;
import static io.thingward.store.testkit.Samples.credential;
import static io.thingward.store.testkit.Samples.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.thingward.model.DeviceId;
import io.thingward.model.RoleId;
import io.thingward.model.Username;
import io.thingward.store.ChangeFeed;
import io.thingward.store.KeyStore;
import io.thingward.store.KeyViews;
import io.thingward.store.LastUseStore;
import io.thingward.store.MembershipId;
import io.thingward.store.PageRequest;
import io.thingward.store.PrincipalStore;
import io.thingward.store.SessionStore;
import io.thingward.store.SessionViews;
import io.thingward.store.WorkspaceStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** One call of each method of each store, by its name, in an order in which all find something. */
final class Calls {
  private static final PageRequest PAGE = PageRequest.first(10);
  private static final String NOTHING = "a method without a result";

  private Calls() {}

  static Map<String, Callable<?>> of(PrincipalStore store) {
    Map<String, Callable<?>> calls = new LinkedHashMap<>();
    calls.put("PrincipalStore.insert", () -> store.insert(Samples.user("ann")));
    calls.put(
        "PrincipalStore.replace",
        () -> store.replace(Kinds.USER.at(Samples.user("ann"), 2), version(1)));
    calls.put("PrincipalStore.find", () -> store.find(ANN));
    calls.put("PrincipalStore.listUsers", () -> store.listUsers(PAGE));
    calls.put("PrincipalStore.listApiUsers", () -> store.listApiUsers(ACME, PAGE));
    calls.put("PrincipalStore.insertClaim", () -> store.insertClaim(Samples.claim("ann", ANN)));
    calls.put(
        "PrincipalStore.replaceClaim",
        () -> store.replaceClaim(Kinds.CLAIM.at(Samples.claim("ann", ANN), 2), version(1)));
    calls.put("PrincipalStore.findClaim", () -> store.findClaim(new Username("ann")));
    return calls;
  }

  static Map<String, Callable<?>> of(WorkspaceStore store) {
    Map<String, Callable<?>> calls = new LinkedHashMap<>();
    calls.put("WorkspaceStore.insert", () -> store.insert(Samples.workspace("acme")));
    calls.put(
        "WorkspaceStore.replace",
        () -> store.replace(Kinds.WORKSPACE.at(Samples.workspace("acme"), 2), version(1)));
    calls.put("WorkspaceStore.find", () -> store.find(ACME));
    calls.put("WorkspaceStore.list", () -> store.list(PAGE));
    calls.put("WorkspaceStore.view", () -> store.view(new MembershipId(ACME, ANN)));
    calls.put(
        "WorkspaceStore.insertMembership",
        () -> store.insertMembership(Samples.membership(ACME, ANN)));
    calls.put(
        "WorkspaceStore.replaceMembership",
        () ->
            store.replaceMembership(
                Kinds.MEMBERSHIP.at(Samples.membership(ACME, ANN), 2), version(1)));
    calls.put(
        "WorkspaceStore.findMembership", () -> store.findMembership(new MembershipId(ACME, ANN)));
    calls.put("WorkspaceStore.listMembers", () -> store.listMembers(ACME, PAGE));
    calls.put("WorkspaceStore.listMemberships", () -> store.listMemberships(ANN, PAGE));
    calls.put(
        "WorkspaceStore.insertRole", () -> store.insertRole(Samples.role("r", Optional.empty())));
    calls.put(
        "WorkspaceStore.replaceRole",
        () -> store.replaceRole(Kinds.ROLE.at(Samples.role("r", Optional.empty()), 2), version(1)));
    calls.put("WorkspaceStore.findRole", () -> store.findRole(RoleId.of("r")));
    calls.put("WorkspaceStore.listRoles", () -> store.listRoles(Optional.of(ACME), PAGE));
    calls.put("WorkspaceStore.listRoles, shared", () -> store.listRoles(Optional.empty(), PAGE));
    return calls;
  }

  static Map<String, Callable<?>> of(KeyStore store) {
    Map<String, Callable<?>> calls = new LinkedHashMap<>();
    calls.put("KeyStore.insert", () -> store.insert(Samples.accessKeyEndingAt(1, T0)));
    calls.put("KeyStore.insertAll", () -> store.insertAll(List.of(Samples.apiKey(2, ANN))));
    calls.put(
        "KeyStore.replace",
        () -> store.replace(Kinds.API_KEY.at(Samples.apiKey(2, ANN), 2), version(1)));
    calls.put("KeyStore.find", () -> store.find(credential(1)));
    calls.put("KeyStore.listApiKeys", () -> store.listApiKeys(ANN, PAGE));
    calls.put("KeyStore.listAccessKeys", () -> store.listAccessKeys(ACME, PAGE));
    calls.put("KeyStore.delete", () -> store.delete(credential(2), version(2)));
    calls.put("KeyStore.purge", () -> store.purge(T0.plusMillis(1), 10));
    return calls;
  }

  static Map<String, Callable<?>> of(SessionStore store) {
    Map<String, Callable<?>> calls = new LinkedHashMap<>();
    calls.put("SessionStore.insert", () -> store.insert(Samples.session(1, ANN, T0)));
    calls.put("SessionStore.find", () -> store.find(credential(1)));
    calls.put("SessionStore.list", () -> store.list(ANN, PAGE));
    calls.put("SessionStore.purge", () -> store.purge(T0.plusMillis(1), 10));
    calls.put("SessionStore.delete", () -> store.delete(credential(1)));
    return calls;
  }

  static Map<String, Callable<?>> of(LastUseStore store) {
    Map<String, Callable<?>> calls = new LinkedHashMap<>();
    calls.put(
        "LastUseStore.record",
        () -> {
          store.record(Map.of(credential(1), Samples.use(T0)));
          return NOTHING;
        });
    calls.put("LastUseStore.find", () -> store.find(List.of(credential(1), credential(2))));
    calls.put(
        "LastUseStore.delete",
        () -> {
          store.delete(List.of(credential(1)));
          return NOTHING;
        });
    calls.put("LastUseStore.purge", () -> store.purge(T0, 10));
    return calls;
  }

  static Map<String, Callable<?>> ofKeyViews(KeyViews views) {
    return Map.of("KeyViews.view", () -> views.view(credential(1)));
  }

  static Map<String, Callable<?>> ofSessionViews(SessionViews views) {
    return Map.of("SessionViews.view", () -> views.view(credential(1)));
  }

  static Map<String, Callable<?>> of(ChangeFeed feed) {
    Map<String, Callable<?>> calls = new LinkedHashMap<>();
    calls.put("ChangeFeed.end", feed::end);
    calls.put("ChangeFeed.poll", () -> feed.poll(feed.end(), 10));
    calls.put(
        "ChangeFeed.announce",
        () -> {
          feed.announce(ACME, DeviceId.of("t1"));
          return NOTHING;
        });
    calls.put(
        "ChangeFeed.trim",
        () -> {
          feed.trim(feed.end());
          return NOTHING;
        });
    return calls;
  }

  /** No result is null, neither of an empty store nor of one that has something. */
  static void assertNoneIsNull(Map<String, Callable<?>> calls) throws Exception {
    List<Map.Entry<String, Callable<?>>> inOrder = new ArrayList<>(calls.entrySet());
    List<Map.Entry<String, Callable<?>>> all = new ArrayList<>(inOrder);
    Collections.reverse(all); // what reads, before what writes
    all.addAll(inOrder);
    for (Map.Entry<String, Callable<?>> call : all) {
      assertThat(call.getValue().call()).as(call.getKey()).isNotNull();
    }
  }
}
