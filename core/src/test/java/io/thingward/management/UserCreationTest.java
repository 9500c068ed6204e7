package io.thingward.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingward.error.ConflictException;
import io.thingward.error.NotFoundException;
import io.thingward.error.UnavailableException;
import io.thingward.model.PrincipalId;
import io.thingward.store.PageRequest;
import io.thingward.store.StoreUnavailableException;
import io.thingward.testing.FakeHasher;
import io.thingward.testing.Platform;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What {@link Users#create} says about a store that stops answering. */
class UserCreationTest {
  private static final PrincipalId ANN = PrincipalId.of("u-ann");

  @Test
  @DisplayName("R23 wherever the store stops answering, creating a user can be repeated")
  void create_afterUnavailable_canBeRepeated() {
    boolean failed = true;
    for (int call = 1; failed; call++) {
      failed = failsAndIsRepeated(call, false);
      assertThat(failsAndIsRepeated(call, true)).isEqualTo(failed);
      assertThat(call).isLessThan(50);
    }
  }

  /* The store fails at the nth call, before or after it did what it was told, and at each further one. */
  private static boolean failsAndIsRepeated(int nth, boolean done) {
    try (Platform platform = new Platform(builder -> builder.passwords(new FakeHasher()))) {
      Users users = platform.host.users();
      AtomicInteger calls = new AtomicInteger();
      platform.stores.disturb(
          (call, real) -> {
            int now = calls.incrementAndGet();
            if (now < nth) {
              return real.run();
            }
            if (now == nth && done) {
              Object ignored = real.run();
            }
            throw new StoreUnavailableException("down");
          });
      try {
        users.create(ANN, "ann", NewApiKey.of("first")).close();
        return false;
      } catch (UnavailableException expected) {
        platform.stores.calm();
        repeat(platform, users);
        return true;
      }
    }
  }

  private static void repeat(Platform platform, Users users) {
    boolean exists = users.findByUsername("ann").isPresent();
    if (exists) {
      assertThatThrownBy(() -> users.create(ANN, "ann", NewApiKey.of("first")))
          .isInstanceOf(ConflictException.class);
      users.issueActivation(ANN).close();
      platform
          .host
          .apiKeys(ANN)
          .list(PageRequest.first(10))
          .items()
          .forEach(lost -> platform.host.apiKeys(ANN).delete(lost.id()));
    } else {
      assertThatThrownBy(() -> users.get(ANN)).isInstanceOf(NotFoundException.class);
      users.create(ANN, "ann", NewApiKey.of("first")).close();
    }
    assertThat(users.rename(ANN, "ann").id()).isEqualTo(ANN);
    assertThat(users.findByUsername("ann").map(User::id)).contains(ANN);
    assertThat(users.get(ANN).username().value()).isEqualTo("ann");
  }
}
