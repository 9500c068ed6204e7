package io.thingward.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingward.model.PrincipalId;
import io.thingward.model.Username;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a feed tells of a record. */
class ChangeTest {
  @Test
  void of_eachKind_namesTheRecordAndItsVersion() {
    assertThat(Change.of(Records.USER)).isEqualTo(new Change.OfPrincipal(Records.ANN, Records.V1));
    assertThat(Change.of(Records.API_USER))
        .isEqualTo(new Change.OfPrincipal(PrincipalId.of("robot"), Records.V1));
    assertThat(Change.of(Records.CLAIM))
        .isEqualTo(new Change.OfClaim(Username.parse("ann"), Records.V1));
    assertThat(Change.of(Records.WORKSPACE))
        .isEqualTo(new Change.OfWorkspace(Records.ACME, Records.V1));
    assertThat(Change.of(Records.MEMBERSHIP))
        .isEqualTo(new Change.OfMembership(Records.ANN_IN_ACME, Records.V1));
    assertThat(Change.of(Records.ROLE)).isEqualTo(new Change.OfRole(Records.ADMIN, Records.V1));
    assertThat(Change.of(Records.API_KEY))
        .isEqualTo(new Change.OfKey(Records.API_KEY.id(), Optional.of(Records.V1)));
    assertThat(Change.of(Records.ACCESS_KEY))
        .isEqualTo(new Change.OfKey(Records.ACCESS_KEY.id(), Optional.of(Records.V1)));
  }
}
