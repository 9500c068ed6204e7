package io.thingward.management;

import io.thingward.error.ConflictException;
import io.thingward.model.PrincipalId;
import io.thingward.model.Username;
import io.thingward.store.UserRecord;
import io.thingward.store.UsernameClaim;
import java.util.Optional;

/*
 * Claims on usernames, in three steps: claim the name, write the user that carries it, confirm.
 *
 * A claim whose user does not carry the name is void, and whoever wants the name takes it over by
 * compare-and-set. Between the first step and the second a claim looks void though it is not. So the
 * third step gives it a new version: who judged it void before the second step fails from then on, and
 * who was faster makes the third step fail, which takes the second back.
 */
final class Claims {
  private static final int ATTEMPTS = 50;

  private final Room room;

  Claims(Room room) {
    this.room = room;
  }

  /* A claim that is ours, to be confirmed once the user carries the name. */
  record Held(UsernameClaim claim) {}

  Held claim(Username name, PrincipalId user) {
    for (int i = 0; i < ATTEMPTS; i++) {
      Optional<UsernameClaim> present = room.records().readClaim(name);
      if (present.isEmpty()) {
        UsernameClaim mine = new UsernameClaim(name, room.entropy().first(), user);
        if (room.records().insert(mine)) {
          return new Held(mine);
        }
      } else {
        requireVoid(present.get(), user);
        UsernameClaim mine = next(present.get(), user);
        if (room.records().replace(mine, present.get().version())) {
          return new Held(mine);
        }
      }
    }
    throw taken(name);
  }

  private void requireVoid(UsernameClaim claim, PrincipalId user) {
    boolean carried =
        new Principals(room)
            .readUser(claim.user())
            .flatMap(UserRecord::username)
            .filter(claim.username()::equals)
            .isPresent();
    if (carried && !claim.user().equals(user)) {
      throw taken(claim.username());
    }
  }

  void confirm(Held held, Runnable takeBack) {
    UsernameClaim mine = held.claim();
    if (!room.records().replace(next(mine, mine.user()), mine.version())) {
      takeBack.run();
      throw taken(mine.username());
    }
  }

  private UsernameClaim next(UsernameClaim before, PrincipalId user) {
    return new UsernameClaim(before.username(), room.entropy().after(before.version()), user);
  }

  private static ConflictException taken(Username name) {
    return new ConflictException("the username " + name + " is taken");
  }
}
