package io.thingward.crash;

import io.thingward.Thingward;
import io.thingward.access.Device;
import io.thingward.access.RequestContext;
import io.thingward.access.Subject;
import io.thingward.authentication.BearerToken;
import io.thingward.authentication.DeviceLogin;
import io.thingward.authentication.PresentedCredential;
import io.thingward.credential.Secret;
import io.thingward.error.UnavailableException;
import io.thingward.management.AccessKey;
import io.thingward.model.CredentialId;
import io.thingward.model.DeviceId;
import io.thingward.model.WorkspaceId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Asks a node whether facts are true, as a client would. For one thread. */
final class Witness {
  private final Thingward node;
  private final Map<String, Subject> subjects = new HashMap<>();
  private final Map<WorkspaceId, Set<String>> listings = new HashMap<>();
  private int broken;

  /** Asks a node that may have so many broken connections, each of which costs one answer. */
  Witness(Thingward node, int broken) {
    this.node = node;
    this.broken = broken;
  }

  /** Whether a fact of {@link Facts} is true. */
  boolean sees(String fact) {
    String[] words = fact.split(" ", -1);
    return answer(
        () ->
            switch (words[0]) {
              case "admits" -> authenticate(BearerToken.of(words[1])).isPresent();
              case "admits-device" -> authenticate(device(words[1], words[2])).isPresent();
              case "listed" -> names(WorkspaceId.of(words[1])).contains(words[2]);
              case "owns" -> subject(words[1]).isAllowed(Platform.PAY, WorkspaceId.of(words[2]));
              case "may" -> may(words);
              default -> throw new IllegalArgumentException(fact);
            });
  }

  private <T> T answer(Supplier<T> question) {
    while (true) {
      try {
        return question.get();
      } catch (UnavailableException failure) {
        if (broken-- == 0) {
          throw failure;
        }
      }
    }
  }

  private Optional<Subject> authenticate(PresentedCredential presented) {
    return node.authenticate(presented, RequestContext.none()).toOptional();
  }

  private static DeviceLogin device(String key, String secret) {
    return DeviceLogin.of(CredentialId.parse(key), Secret.of(secret), DeviceId.of("thermostat"));
  }

  private Subject subject(String token) {
    return subjects.computeIfAbsent(
        token, text -> authenticate(BearerToken.of(text)).orElseThrow());
  }

  private boolean may(String[] words) {
    Device device = Device.of(WorkspaceId.of(words[3]), "thermostat").tagged(words[4], words[5]);
    return subject(words[1])
        .isAllowed(node.catalog().devicePermission(words[2]).orElseThrow(), device);
  }

  private Set<String> names(WorkspaceId workspace) {
    Set<String> known = listings.get(workspace);
    if (known == null) {
      known =
          Pages.all(node.asHost("look").accessKeys(workspace)::list).stream()
              .map(AccessKey::name)
              .collect(Collectors.toSet());
      listings.put(workspace, known);
    }
    return known;
  }
}
