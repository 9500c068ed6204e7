package io.thingward.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingward.Thingward;
import io.thingward.access.Device;
import io.thingward.access.RequestContext;
import io.thingward.access.Subject;
import io.thingward.access.SubjectKind;
import io.thingward.access.Watch;
import io.thingward.authentication.BearerToken;
import io.thingward.authentication.Login;
import io.thingward.credential.Issued;
import io.thingward.management.AccessKey;
import io.thingward.management.ActivationCode;
import io.thingward.management.AllowedPrincipal;
import io.thingward.management.ChangeSet;
import io.thingward.management.Management;
import io.thingward.model.DeviceScope;
import io.thingward.model.PrincipalId;
import io.thingward.model.WorkspaceId;
import io.thingward.store.PageRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class GettingStartedTest {
  private static final char[] PASSWORD = "seven lamps on a quiet pier".toCharArray();

  private final WorkspaceId acme = WorkspaceId.of("acme");

  @Test
  @DisplayName("every snippet of the page is compiled: its lines stand in a row in the example")
  void snippets_areCompiled() throws IOException {
    List<List<String>> snippets = Pages.fences("docs/getting-started.md", "java");

    assertThat(snippets).hasSizeGreaterThan(5);
    Pages.assertInARow("GettingStarted.java", snippets, String::strip);
  }

  @Test
  @DisplayName("what the page says comes true, from the first start to a watched connection")
  void page_comesTrue() throws InterruptedException {
    try (GettingStarted example = new GettingStarted()) {
      example.firstStart(code -> redeem(example, code));
      assertThat(example.logIn("ann@acme.example", "wrong".toCharArray()).toOptional()).isEmpty();
      try (Login login = example.logIn("Ann@Acme.Example", PASSWORD).orElseThrow()) {
        Subject ann = login.subject();
        String token = new String(login.session().secret().reveal());
        Device device = Device.of(acme, "t7").tagged("site", "paris");
        Device elsewhere = Device.of(WorkspaceId.of("other"), "t7");
        example.retag(device);

        assertThat(example.status(token, device)).isEqualTo(200);
        assertThat(example.status(token, elsewhere)).isEqualTo(403);
        assertThat(example.status("nonsense", device)).isEqualTo(401);
        assertThat(example.list(ann, List.of(device, elsewhere))).containsExactly(device);
        assertThat(example.connect("tw_a_x", "tw_x_x", "t7").toOptional()).isEmpty();

        example.manage(ann);
        ChangeSet more =
            ChangeSet.builder().allow(DeviceScope.all(), GettingStarted.RECORD).build();
        assertThat(example.isRefused(ann, more)).isFalse();

        CountDownLatch connection = new CountDownLatch(1);
        Watch watch = example.watch(ann, connection);
        example.logOut(login);
        assertThat(connection.await(10, TimeUnit.SECONDS)).isTrue();
        watch.close();
        assertThat(example.status(token, device)).isEqualTo(401);
      }
    }
  }

  @Test
  @DisplayName("what the page says of keys, API users and single sign-on comes true")
  void everyDay_comesTrue() {
    try (GettingStarted example = new GettingStarted()) {
      example.firstStart(code -> redeem(example, code));
      PrincipalId ann = PrincipalId.of("u-1");
      try (Login login = example.vouchFor(ann)) {
        assertThat(login.subject().principal()).contains(ann);
        Management management = example.by(login.subject());
        example.addMachine(management);
        Device device = Device.of(acme, "t7").tagged("site", "paris");

        assertThat(example.whoSees(management, device))
            .extracting(AllowedPrincipal::kind)
            .containsExactlyInAnyOrder(SubjectKind.USER, SubjectKind.API_USER);
        try (Issued<AccessKey> paris =
            management.accessKeys(acme).create("Paris", DeviceScope.anyOf("site=paris"))) {
          example.retire(management, paris.id());
          assertThat(management.accessKeys(acme).list(PageRequest.first(10)).items()).isEmpty();
        }
        example.logOut(login);
        assertThat(login.subject().isActive()).isFalse();
      }
    }
  }

  @Test
  @DisplayName("a test that moves the clock sees a session end")
  void clock_isMovedByTheTest() {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-06-01T12:00:00Z"));
    try (Thingward thingward = GettingStarted.under(now::get)) {
      Management host = thingward.asHost("test");
      PrincipalId ann = host.users().create("ann@acme.example").id();
      try (Login login = host.sessions(ann).issue(RequestContext.none())) {
        BearerToken token = new BearerToken(login.session().secret());
        assertThat(thingward.authenticate(token, RequestContext.none()).toOptional()).isPresent();
        now.updateAndGet(time -> time.plus(Duration.ofHours(12)));
        assertThat(thingward.authenticate(token, RequestContext.none()).toOptional()).isEmpty();
      }
    }
  }

  private static void redeem(GettingStarted example, ActivationCode code) {
    assertThat(example.setPassword(code.username().value(), code.code(), PASSWORD).orElseThrow())
        .isEqualTo(code.user());
  }
}
