package io.thingward.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingward.access.DeviceReach;
import io.thingward.access.RequestContext;
import io.thingward.authentication.DeviceLogin;
import io.thingward.json.Fixtures;
import io.thingward.model.WorkspaceId;
import io.thingward.permission.DevicePermission;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The fixture of {@code docs/json.md} and the login that the page prints belong together. */
class FixturePageTest {
  private static final DevicePermission VIEW = DevicePermission.of("device.view", "See it");
  private static final Pattern FIXTURE = Pattern.compile("(?s)```json\n(\\{\n.*?)```");
  private static final Pattern LOGIN =
      Pattern.compile("the username `(tw_a_\\w+)` and the password `(tw_x_\\w+)`");

  private static String found(Pattern pattern, int group) throws IOException {
    Matcher matcher = pattern.matcher(Files.readString(Path.of("..", "docs", "json.md")));
    assertThat(matcher.find()).isTrue();
    return matcher.group(group);
  }

  @Test
  @DisplayName("A device comes in by the key of the page's fixture, with the login of the page")
  void login_belongsToTheFixture() throws IOException {
    byte[] fixture = found(FIXTURE, 1).getBytes(StandardCharsets.UTF_8);
    try (Host host =
        new Host(builder -> builder.permissions(VIEW).devices(DeviceReach.self(VIEW)))) {
      Fixtures.load(new ByteArrayInputStream(fixture), host.stores());
      host.device(WorkspaceId.of("acme"), "t1", "site=paris");

      assertThat(
              host.thingward()
                  .authenticate(
                      DeviceLogin.parse(found(LOGIN, 1), found(LOGIN, 2), "t1"),
                      RequestContext.none())
                  .toOptional())
          .isPresent();
    }
  }
}
