package io.thingward.internal.management;

import io.thingward.error.ConflictException;
import io.thingward.internal.live.Repository;
import io.thingward.model.PrincipalId;
import io.thingward.model.Username;
import io.thingward.store.UserRecord;
import io.thingward.store.UsernameClaim;
import java.util.Optional;

/**
 * Claims on usernames, in three steps: claim the name, write the user that carries it, confirm.
 *
 * <p>A claim whose user does not carry the name is void, and whoever wants the name takes it over
 * by compare-and-set. Between the first step and the second a claim looks void though it is not. So
 * the third step gives it a new version: who judged it void before the second step fails from then
 * on, and who was faster makes the third step fail, which takes the second back.
 */
public final class Claims {
  private final Room room;
  private final Repository<Username, UsernameClaim> claims;

  /** On the records of this room. */
  public Claims(Room room) {
    this.room = room;
    this.claims = room.records().claims();
  }

  /** A claim that is ours, to be confirmed once the user carries the name. */
  public record Held(UsernameClaim claim) {}

  /** Claims a name for a user; {@link ConflictException} if another carries it. */
  public Held claim(Username name, PrincipalId user) {
    return Repository.untilNotOvertaken(() -> tryToClaim(name, user).map(Held::new));
  }

  private Optional<UsernameClaim> tryToClaim(Username name, PrincipalId user) {
    Optional<UsernameClaim> present = claims.read(name);
    if (present.isEmpty()) {
      UsernameClaim mine = new UsernameClaim(name, room.entropy().first(), user);
      return claims.insert(mine) ? Optional.of(mine) : Optional.empty();
    }
    UsernameClaim other = present.get();
    if (!other.user().equals(user) && isCarried(other)) {
      throw taken(name);
    }
    return claims.replace(other, new UsernameClaim(name, other.version(), user));
  }

  private boolean isCarried(UsernameClaim claim) {
    return room.records()
        .principals()
        .read(claim.user(), UserRecord.class)
        .flatMap(UserRecord::username)
        .filter(claim.username()::equals)
        .isPresent();
  }

  /** The user carries the name now. Takes that back and refuses if somebody was faster. */
  public void confirm(Held held, Runnable takeBack) {
    UsernameClaim mine = held.claim();
    if (claims.replace(mine, mine).isEmpty()) {
      takeBack.run();
      throw taken(mine.username());
    }
  }

  private static ConflictException taken(Username name) {
    return new ConflictException("the username " + name + " is taken");
  }
}
