package io.thingward.store.testkit;

import static io.thingward.store.testkit.Samples.ACME;
import static io.thingward.store.testkit.Samples.ANN;
import static io.thingward.store.testkit.Samples.accessKey;
import static io.thingward.store.testkit.Samples.apiKey;
import static io.thingward.store.testkit.Samples.apiUser;
import static io.thingward.store.testkit.Samples.credential;
import static io.thingward.store.testkit.Samples.user;
import static io.thingward.store.testkit.Samples.version;
import static io.thingward.store.testkit.Samples.workspace;
import static org.assertj.core.api.Assertions.assertThat;

import io.thingward.model.CredentialId;
import io.thingward.model.PrincipalId;
import io.thingward.model.Version;
import io.thingward.store.AccessKeyRecord;
import io.thingward.store.ApiKeyRecord;
import io.thingward.store.KeyRecord;
import io.thingward.store.KeyView;
import io.thingward.store.KeyViews;
import io.thingward.store.LifecycleState;
import io.thingward.store.PrincipalRecord;
import io.thingward.store.Stores;
import io.thingward.store.UserRecord;
import io.thingward.store.WorkspaceRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What {@link io.thingward.store.KeyViews} answer: for stores that read a key and its holder in one
 * call. Designed for extension: a subclass makes the stores and is a test.
 */
public abstract class KeyViewsContract {
  /** For subclasses. */
  protected KeyViewsContract() {}

  /**
   * Empty stores, whose {@link Stores#keyViews} are not empty. Called once for each test; after
   * another call no stores of an earlier one are used any more.
   */
  protected abstract Stores create();

  private static KeyView view(Stores stores, CredentialId id) {
    Optional<KeyViews> views = stores.keyViews();
    assertThat(views).as("S87: the key views of %s", stores.getClass()).isPresent();
    return views.get().view(id);
  }

  /* What the stores say one by one. */
  private static KeyView parts(Stores stores, CredentialId id) {
    Optional<KeyRecord> key = stores.keys().find(id);
    return new KeyView(
        key,
        key.filter(ApiKeyRecord.class::isInstance)
            .flatMap(k -> stores.principals().find(((ApiKeyRecord) k).principal())),
        key.filter(AccessKeyRecord.class::isInstance)
            .flatMap(k -> stores.workspaces().find(((AccessKeyRecord) k).workspace())));
  }

  @Test
  @DisplayName("S87: a view has the key and its holder, and nothing of what is not there")
  void view_keyAndHolder() {
    Stores stores = create();
    AccessKeyRecord accessKey = accessKey(1, ACME);
    ApiKeyRecord apiKey = apiKey(2, ANN);
    assertThat(stores.keys().insertAll(List.of(accessKey, apiKey))).containsOnly(true);
    assertThat(view(stores, accessKey.id()))
        .isEqualTo(new KeyView(Optional.of(accessKey), Optional.empty(), Optional.empty()));

    WorkspaceRecord acme = workspace("acme");
    Given.in(stores, acme, user("ann"));

    assertThat(view(stores, accessKey.id()))
        .isEqualTo(new KeyView(Optional.of(accessKey), Optional.empty(), Optional.of(acme)));
    assertThat(view(stores, apiKey.id()))
        .isEqualTo(new KeyView(Optional.of(apiKey), Optional.of(user("ann")), Optional.empty()));
    assertThat(view(stores, credential(3)))
        .isEqualTo(new KeyView(Optional.empty(), Optional.empty(), Optional.empty()));
  }

  @Test
  @DisplayName("S87: a principal and a workspace of the same name are not taken for each other")
  void view_holdersOfTheSameName_areNotMixed() {
    Stores stores = create();
    String name = ACME.value();
    Given.in(stores, user(name), workspace(name));
    Given.in(stores, accessKey(1, ACME), apiKey(2, PrincipalId.of(name)));

    for (CredentialId id : List.of(credential(1), credential(2))) {
      assertThat(view(stores, id)).isEqualTo(parts(stores, id));
    }
    assertThat(view(stores, credential(1)).principal()).isEmpty();
    assertThat(view(stores, credential(2)).workspace()).isEmpty();
  }

  @Test
  @DisplayName("S88: each part is the record that its own store returns, whatever it holds")
  void view_anyRecords_areAsFound() {
    Stores stores = create();
    List<CredentialId> ids = new ArrayList<>();
    List<PrincipalRecord> holders = new ArrayList<>(Samples.users());
    holders.addAll(Samples.apiUsers());
    for (PrincipalRecord holder : holders) {
      ApiKeyRecord key = apiKey(credential("of " + holder.id()), holder.id());
      Given.in(stores, holder, key);
      ids.add(key.id());
    }
    for (WorkspaceRecord holder : Samples.workspaces()) {
      AccessKeyRecord key = accessKey(credential("in " + holder.id()), holder.id());
      Given.in(stores, holder, key);
      ids.add(key.id());
    }
    List<KeyRecord> keys = new ArrayList<>(Samples.accessKeys());
    keys.addAll(Samples.apiKeys());
    for (KeyRecord key : keys) {
      Given.in(stores, key);
      ids.add(key.id());
    }

    for (CredentialId id : ids) {
      assertThat(view(stores, id)).isEqualTo(parts(stores, id));
      assertThat(view(stores, id).key()).isPresent();
    }
  }

  @Test
  @DisplayName("S88: a view that begins after a change sees it")
  void view_afterAChange_seesIt() {
    Stores stores = create();
    ApiKeyRecord key = apiKey(1, PrincipalId.of("api"));
    Given.in(stores, apiUser("api", ACME), key);
    assertThat(view(stores, key.id())).isEqualTo(parts(stores, key.id()));

    ApiKeyRecord suspended = key.toBuilder().version(version(2)).suspended(true).build();
    assertThat(stores.keys().replace(suspended, version(1))).isTrue();
    assertThat(view(stores, key.id()).key()).contains(suspended);

    PrincipalRecord deleted = Samples.deletedApiUser(apiUser("api", ACME));
    assertThat(stores.principals().replace(deleted, version(1))).isTrue();
    assertThat(view(stores, key.id()).principal()).contains(deleted);

    assertThat(stores.keys().delete(key.id(), version(2))).isTrue();
    assertThat(view(stores, key.id())).isEqualTo(parts(stores, key.id()));
    assertThat(view(stores, key.id()).key()).isEmpty();
  }

  @Test
  @DisplayName("S88: no part is older than the view, while others write")
  void view_whileWritten_isNotOlder() throws Exception {
    Stores stores = create();
    Given.in(stores, user("ann"), apiKey(1, ANN));
    AtomicLong written = new AtomicLong(1);

    List<Boolean> ended =
        Race.of(
            2, thread -> thread == 0 ? () -> write(stores, written) : () -> view(stores, written));

    assertThat(ended).containsOnly(true);
  }

  private static boolean write(Stores stores, AtomicLong written) {
    for (long i = 1; i <= Race.ROUNDS; i++) {
      Version next = version(i + 1);
      LifecycleState state = i % 2 == 0 ? LifecycleState.ACTIVE : LifecycleState.SUSPENDED;
      UserRecord ann = user("ann").toBuilder().version(next).state(state).build();
      ApiKeyRecord key = apiKey(1, ANN).at(next);
      assertThat(stores.principals().replace(ann, version(i))).as("user %s", i).isTrue();
      assertThat(stores.keys().replace(key, version(i))).as("key %s", i).isTrue();
      written.set(i + 1);
    }
    return true;
  }

  private static boolean view(Stores stores, AtomicLong written) {
    long before;
    do {
      before = written.get();
      KeyView view = view(stores, credential(1));
      assertThat(view.key().orElseThrow().version().sequence())
          .as("the key in a view")
          .isGreaterThanOrEqualTo(before);
      assertThat(view.principal().orElseThrow().version().sequence())
          .as("the holder in a view")
          .isGreaterThanOrEqualTo(before);
    } while (before <= Race.ROUNDS && !Thread.currentThread().isInterrupted());
    return true;
  }
}
