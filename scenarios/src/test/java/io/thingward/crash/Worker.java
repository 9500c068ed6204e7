package io.thingward.crash;

import static io.thingward.crash.Platform.COOL;
import static io.thingward.crash.Platform.HEAT;
import static io.thingward.crash.Platform.RECORD;
import static io.thingward.crash.Platform.VIEW;
import static org.assertj.core.api.Assertions.assertThat;

import io.thingward.Thingward;
import io.thingward.access.RequestContext;
import io.thingward.authentication.Login;
import io.thingward.authentication.PasswordLogin;
import io.thingward.credential.Issued;
import io.thingward.credential.Secret;
import io.thingward.error.ConflictException;
import io.thingward.error.UnavailableException;
import io.thingward.management.AccessKey;
import io.thingward.management.ApiKey;
import io.thingward.management.BulkOutcome;
import io.thingward.management.ChangeSet;
import io.thingward.management.Management;
import io.thingward.management.NewAccessKey;
import io.thingward.management.NewApiKey;
import io.thingward.management.RoleChanges;
import io.thingward.model.CredentialId;
import io.thingward.model.DeviceScope;
import io.thingward.model.PrincipalId;
import io.thingward.model.RoleId;
import io.thingward.model.WorkspaceId;
import io.thingward.password.Password;
import io.thingward.store.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * A client that changes something, tells what came of it, and does the next thing, until the
 * database is gone. It alone changes its records, but for the owners of the club; so it knows what
 * they are. For one thread.
 */
final class Worker implements Runnable {
  private static final int BATCH = 20;
  private static final int SESSIONS = 5;
  private static final int KEYS = 3;

  private final Thingward node;
  private final Management host;
  private final int number;
  private final PrincipalId user;
  private final WorkspaceId home;
  private final WorkspaceId club;
  private final RoleId role;
  private final String badge;
  private final Random random;
  private final Journal journal;
  private final FeedFollower feed;
  private final Witness witness;

  private final List<Rotated> accessKeys = new ArrayList<>();
  private final List<Rotated> apiKeys = new ArrayList<>();
  private final List<Session> sessions = new ArrayList<>();
  private boolean owner;
  private boolean heats = true;
  private int site;
  private int batches;

  /* A key with the facts that its secrets admit, newest first. */
  private record Rotated(CredentialId id, List<String> admits) {
    Rotated(CredentialId id, String admits) {
      this(id, new ArrayList<>(List.of(admits)));
    }
  }

  private record Session(CredentialId id, String admits) {}

  Worker(
      Thingward node,
      String round,
      int number,
      Secret badge,
      RoleId role,
      Random random,
      Journal journal,
      FeedFollower feed) {
    this.node = node;
    this.host = node.asHost("work");
    this.number = number;
    this.user = Load.user(round, number);
    this.home = Load.home(round);
    this.club = Load.club(round);
    this.role = role;
    this.badge = text(badge);
    this.random = random;
    this.journal = journal;
    this.feed = feed;
    this.witness = new Witness(node, 0);
    this.owner = number == 0;
    Set<String> first = new HashSet<>(rights(site));
    first.add(Facts.admits(this.badge));
    first.addAll(climate(heats));
    if (owner) {
      first.add(Facts.owns(this.badge, club));
    }
    journal.done(number, Deed.making(first));
  }

  private static String text(Secret secret) {
    return String.valueOf(secret.reveal());
  }

  @Override
  public void run() {
    try {
      while (journal.goesOn()) {
        act();
        if (number == 0) {
          feed.follow();
        }
      }
    } catch (UnavailableException | StoreUnavailableException gone) {
      // what this worker knows of it is in the journal
    }
  }

  private void act() {
    switch (random.nextInt(8)) {
      case 0 -> createAccessKeys();
      case 1 -> rotateAccessKey();
      case 2 -> rotateApiKey();
      case 3 -> changeOwners();
      case 4 -> changeRole();
      case 5 -> changeRights();
      case 6 -> logIn();
      default -> logOut();
    }
  }

  /*
   * The call tells what it did; before it is made, what of that is known already. What it will end
   * is looked at first, so that the node has cached what it must not go by afterwards.
   */
  private void attempt(Deed attempted, Supplier<Deed> call) {
    assertThat(attempted.unmakes()).as("F1: what this node did").allMatch(witness::sees);
    journal.begun(number, attempted);
    try {
      journal.done(number, call.get());
    } catch (UnavailableException failure) {
      if (!failure.isOutcomeUnknown()) {
        journal.refused(number);
      }
      throw failure;
    } catch (ConflictException lastOwner) {
      journal.refused(number);
    }
  }

  // --- keys ---

  private void createAccessKeys() {
    String batch = user.value() + "-" + batches++ + "-";
    List<NewAccessKey> fresh =
        IntStream.range(0, BATCH)
            .mapToObj(i -> NewAccessKey.of(batch + i, DeviceScope.anyOf("site=paris")))
            .toList();
    List<String> listed = fresh.stream().map(key -> Facts.listed(home, key.name())).toList();
    attempt(
        Deed.making(listed),
        () -> {
          Set<String> made = new HashSet<>(listed);
          for (BulkOutcome<Issued<AccessKey>> outcome : host.accessKeys(home).createAll(fresh)) {
            try (Issued<AccessKey> key = outcome.orElseThrow()) {
              String admits = Facts.admits(key.id(), text(key.secret()));
              accessKeys.add(new Rotated(key.id(), admits));
              made.add(admits);
            }
          }
          return Deed.making(made);
        });
  }

  private void rotateAccessKey() {
    if (accessKeys.isEmpty()) {
      createAccessKeys();
      return;
    }
    Rotated key = accessKeys.get(random.nextInt(Math.min(KEYS, accessKeys.size())));
    rotate(
        key,
        overlap -> {
          try (Issued<AccessKey> rotated = host.accessKeys(home).rotate(key.id(), overlap)) {
            return Facts.admits(key.id(), text(rotated.secret()));
          }
        });
  }

  private void rotateApiKey() {
    if (apiKeys.size() < KEYS) {
      createApiKey();
      return;
    }
    Rotated key = apiKeys.get(random.nextInt(KEYS));
    rotate(
        key,
        overlap -> {
          try (Issued<ApiKey> rotated = host.apiKeys(user).rotate(key.id(), overlap)) {
            return Facts.admits(text(rotated.secret()));
          }
        });
  }

  private void createApiKey() {
    attempt(
        Deed.making(Set.of()),
        () -> {
          try (Issued<ApiKey> key = host.apiKeys(user).create(NewApiKey.of("robot"))) {
            String admits = Facts.admits(text(key.secret()));
            apiKeys.add(new Rotated(key.id(), admits));
            return Deed.making(Set.of(admits));
          }
        });
  }

  /* R16: without an overlap the new secret is alone, with one the oldest of two goes. */
  private void rotate(Rotated key, Function<Duration, String> rotation) {
    Duration overlap = random.nextBoolean() ? Duration.ZERO : Duration.ofHours(1);
    List<String> admits = key.admits();
    List<String> dying = List.copyOf(admits.subList(overlap.isZero() ? 0 : 1, admits.size()));
    attempt(
        Deed.unmaking(dying),
        () -> {
          String fresh = rotation.apply(overlap);
          admits.removeAll(dying);
          admits.add(0, fresh);
          return Deed.of(Set.of(fresh), dying);
        });
  }

  // --- owners, roles, members ---

  private void changeOwners() {
    Set<String> owns = Set.of(Facts.owns(badge, club));
    Deed deed = owner ? Deed.unmaking(owns) : Deed.making(owns);
    attempt(
        deed,
        () -> {
          if (owner) {
            host.workspaces().removeOwner(club, user);
          } else {
            host.workspaces().addOwner(club, user);
          }
          owner = !owner;
          return deed;
        });
  }

  private Set<String> climate(boolean heats) {
    return Set.of(Facts.may(badge, heats ? HEAT : COOL, home, "site", "paris"));
  }

  private void changeRole() {
    Deed deed = Deed.of(climate(!heats), climate(heats));
    attempt(
        deed,
        () -> {
          host.roles(home)
              .change(
                  role,
                  RoleChanges.builder()
                      .allowOnAllDevices(heats ? COOL : HEAT)
                      .withdrawOnAllDevices(heats ? HEAT : COOL)
                      .build());
          heats = !heats;
          return deed;
        });
  }

  private Set<String> rights(int site) {
    String value = String.valueOf(site);
    return Set.of(
        Facts.may(badge, VIEW, home, "site", value), Facts.may(badge, RECORD, home, "room", value));
  }

  private void changeRights() {
    int next = site + 1;
    Deed deed = Deed.of(rights(next), rights(site));
    attempt(
        deed,
        () -> {
          ChangeSet changes =
              ChangeSet.builder()
                  .allow(DeviceScope.anyOf("site=" + next), VIEW)
                  .allow(DeviceScope.anyOf("room=" + next), RECORD)
                  .withdraw(DeviceScope.anyOf("site=" + site), VIEW)
                  .withdraw(DeviceScope.anyOf("room=" + site), RECORD)
                  .build();
          host.members(home).change(user, changes);
          site = next;
          return deed;
        });
  }

  // --- sessions ---

  private void logIn() {
    if (sessions.size() == SESSIONS) {
      logOut();
      return;
    }
    attempt(
        Deed.making(Set.of()),
        () -> {
          try (Password password = Password.of("open sesame");
              Login login =
                  node.login(PasswordLogin.of(user.value(), password), RequestContext.none())
                      .orElseThrow()) {
            String admits = Facts.admits(text(login.session().secret()));
            sessions.add(new Session(login.session().id(), admits));
            return Deed.making(Set.of(admits));
          }
        });
  }

  private void logOut() {
    if (sessions.isEmpty()) {
      logIn();
      return;
    }
    boolean everywhere = random.nextInt(4) == 0;
    List<Session> ending =
        everywhere ? List.copyOf(sessions) : List.of(sessions.get(random.nextInt(sessions.size())));
    Deed deed = Deed.unmaking(ending.stream().map(Session::admits).toList());
    attempt(
        deed,
        () -> {
          if (everywhere) {
            host.sessions(user).endAll();
          } else {
            host.sessions(user).end(ending.get(0).id());
          }
          sessions.removeAll(ending);
          return deed;
        });
  }
}
