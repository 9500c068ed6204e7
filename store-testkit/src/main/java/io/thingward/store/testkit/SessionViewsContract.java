package io.thingward.store.testkit;

import static io.thingward.store.testkit.Samples.ANN;
import static io.thingward.store.testkit.Samples.T0;
import static io.thingward.store.testkit.Samples.credential;
import static io.thingward.store.testkit.Samples.session;
import static io.thingward.store.testkit.Samples.user;
import static io.thingward.store.testkit.Samples.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.thingward.model.CredentialId;
import io.thingward.store.PrincipalRecord;
import io.thingward.store.SessionRecord;
import io.thingward.store.SessionView;
import io.thingward.store.SessionViews;
import io.thingward.store.Stores;
import io.thingward.store.UserRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What {@link io.thingward.store.SessionViews} answer: for stores that read a session and its user
 * in one call. Designed for extension: a subclass makes the stores and is a test.
 */
public abstract class SessionViewsContract {
  /** For subclasses. */
  protected SessionViewsContract() {}

  /**
   * Empty stores, whose {@link Stores#sessionViews} are not empty. Called once for each test; after
   * another call no stores of an earlier one are used any more.
   */
  protected abstract Stores create();

  private static SessionView view(Stores stores, CredentialId id) {
    Optional<SessionViews> views = stores.sessionViews();
    assertThat(views).as("S89: the session views of %s", stores.getClass()).isPresent();
    return views.get().view(id);
  }

  /* What the stores say one by one. */
  private static SessionView parts(Stores stores, CredentialId id) {
    Optional<SessionRecord> session = stores.sessions().find(id);
    return new SessionView(
        session, session.flatMap(found -> stores.principals().find(found.user())));
  }

  @Test
  @DisplayName("S89: a view has the session and its user, and nothing of what is not there")
  void view_sessionAndUser() {
    Stores stores = create();
    SessionRecord session = session(1, ANN, T0);
    assertThat(stores.sessions().insert(session)).isTrue();
    assertThat(view(stores, session.id()))
        .isEqualTo(new SessionView(Optional.of(session), Optional.empty()));

    Given.in(stores, user("ann"), user("bob"));

    assertThat(view(stores, session.id()))
        .isEqualTo(new SessionView(Optional.of(session), Optional.of(user("ann"))));
    assertThat(view(stores, credential(2)))
        .isEqualTo(new SessionView(Optional.empty(), Optional.empty()));
  }

  @Test
  @DisplayName("S90: each part is the record that its own store returns, whatever it holds")
  void view_anyRecords_areAsFound() {
    Stores stores = create();
    List<CredentialId> ids = new ArrayList<>();
    for (PrincipalRecord user : Samples.users()) {
      SessionRecord session = session(credential("of " + user.id()), user.id(), T0);
      Given.in(stores, user, session);
      ids.add(session.id());
    }
    for (SessionRecord session : Samples.sessions()) {
      Given.in(stores, session);
      ids.add(session.id());
    }

    for (CredentialId id : ids) {
      assertThat(view(stores, id)).isEqualTo(parts(stores, id));
      assertThat(view(stores, id).session()).isPresent();
    }
  }

  @Test
  @DisplayName("S90: a view that begins after a change sees it")
  void view_afterAChange_seesIt() {
    Stores stores = create();
    SessionRecord session = session(1, ANN, T0);
    Given.in(stores, user("ann"), session);
    assertThat(view(stores, session.id())).isEqualTo(parts(stores, session.id()));

    UserRecord loggedOut = user("ann").toBuilder().version(version(2)).epoch(-5).build();
    assertThat(stores.principals().replace(loggedOut, version(1))).isTrue();
    assertThat(view(stores, session.id()).user()).contains(loggedOut);

    assertThat(stores.sessions().delete(session.id())).isTrue();
    assertThat(view(stores, session.id()))
        .isEqualTo(new SessionView(Optional.empty(), Optional.empty()));
  }
}
