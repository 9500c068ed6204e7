package io.thingward.crash;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.thingward.model.CredentialId;
import io.thingward.model.Limits;
import io.thingward.model.PrincipalId;
import io.thingward.model.RoleId;
import io.thingward.model.Username;
import io.thingward.model.Version;
import io.thingward.model.WorkspaceId;
import io.thingward.store.Change;
import io.thingward.store.ChangeFeed;
import io.thingward.store.ChangeFeed.Poll;
import io.thingward.store.MembershipId;
import io.thingward.store.Stores;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/** What the feed tells of a round after the crash, held against the records themselves. */
final class History {
  private final Stores stores;
  private final ChangeFeed feed;
  private final Told told;
  private final String round;

  /* What the feed tells of one record: its version, or that it is gone. */
  private record Entry(Object record, Optional<Version> version) {
    static Entry of(Change change) {
      if (change instanceof Change.OfPrincipal of) {
        return new Entry(of.id(), Optional.of(of.version()));
      } else if (change instanceof Change.OfClaim of) {
        return new Entry(of.username(), Optional.of(of.version()));
      } else if (change instanceof Change.OfWorkspace of) {
        return new Entry(of.id(), Optional.of(of.version()));
      } else if (change instanceof Change.OfMembership of) {
        return new Entry(of.id(), Optional.of(of.version()));
      } else if (change instanceof Change.OfRole of) {
        return new Entry(of.id(), Optional.of(of.version()));
      } else if (change instanceof Change.OfKey of) {
        return new Entry(of.id(), of.version());
      }
      return new Entry(((Change.OfSession) change).id(), Optional.empty());
    }
  }

  History(Stores stores, Told told, String round) {
    this.stores = stores;
    this.feed = stores.keys().changes().orElseThrow();
    this.told = told;
    this.round = round;
  }

  /**
   * S77 to S80: the feed tells every change of a record, in order, and nothing else; and the last
   * place that was reached before the crash is continued from without a gap, or lost.
   *
   * @return whether it was continued from
   */
  boolean check() {
    List<Entry> entries = after(told.places().get(0).text()).orElseThrow();
    Map<Object, List<Entry>> byRecord = entries.stream().collect(groupingBy(Entry::record));
    Set<Object> records = new HashSet<>(records());
    entries.stream().filter(e -> e.version().isPresent()).forEach(e -> records.add(e.record()));
    records.forEach(record -> checkVersions(record, byRecord.getOrDefault(record, List.of())));
    sessions().forEach(id -> checkSession(id, byRecord.containsKey(id)));
    Told.Place last = told.places().get(told.places().size() - 1);
    Optional<List<Entry>> rest = after(last.text());
    rest.ifPresent(
        news ->
            assertThat(last.changes() + news.size())
                .as("changes told before and after the crash")
                .isEqualTo(entries.size()));
    return rest.isPresent();
  }

  private Optional<List<Entry>> after(String place) {
    List<Entry> entries = new ArrayList<>();
    String from = place;
    while (true) {
      if (!(feed.poll(from, Limits.PAGE) instanceof Poll.Changes news)) {
        return Optional.empty();
      }
      news.changes().forEach(change -> entries.add(Entry.of(change)));
      from = news.next();
      if (news.complete()) {
        return Optional.of(entries);
      }
    }
  }

  /* Every version that a record ever had was told, and no other; a new key alone is no news. */
  private void checkVersions(Object record, List<Entry> entries) {
    Version now = version(record).orElseThrow();
    int first = record instanceof CredentialId ? 2 : 1;
    assertThat(entries)
        .as("what the feed tells of %s", record)
        .extracting(entry -> entry.version().orElseThrow().sequence())
        .containsExactlyElementsOf(LongStream.rangeClosed(first, now.sequence()).boxed().toList());
    if (!entries.isEmpty()) {
      assertThat(entries).last().isEqualTo(new Entry(record, Optional.of(now)));
    }
  }

  private void checkSession(CredentialId id, boolean toldToBeGone) {
    assertThat(toldToBeGone)
        .as("whether the feed tells that session %s is gone", id)
        .isEqualTo(stores.sessions().find(id).isEmpty());
  }

  /* A token begins with the public id. */
  private List<CredentialId> sessions() {
    String head = Facts.admits("tw_s_");
    return told.mentioned().stream()
        .filter(fact -> fact.startsWith(head))
        .map(fact -> CredentialId.parse(fact, head.length()))
        .toList();
  }

  private Optional<Version> version(Object record) {
    if (record instanceof PrincipalId id) {
      return stores.principals().find(id).map(found -> found.version());
    } else if (record instanceof Username name) {
      return stores.principals().findClaim(name).map(found -> found.version());
    } else if (record instanceof WorkspaceId id) {
      return stores.workspaces().find(id).map(found -> found.version());
    } else if (record instanceof MembershipId id) {
      return stores.workspaces().findMembership(id).map(found -> found.version());
    } else if (record instanceof RoleId id) {
      return stores.workspaces().findRole(id).map(found -> found.version());
    }
    return stores.keys().find((CredentialId) record).map(found -> found.version());
  }

  /* What the round made, as the records themselves know it. */
  private Set<Object> records() {
    Set<Object> records = new HashSet<>();
    for (WorkspaceId workspace : List.of(Load.home(round), Load.club(round))) {
      records.add(workspace);
      Pages.all(page -> stores.workspaces().listMembers(workspace, page))
          .forEach(membership -> records.add(membership.id()));
      Pages.all(page -> stores.workspaces().listRoles(Optional.of(workspace), page))
          .forEach(role -> records.add(role.id()));
      Pages.all(page -> stores.keys().listAccessKeys(workspace, page))
          .forEach(key -> records.add(key.id()));
    }
    for (int worker = 0; worker < Load.WORKERS; worker++) {
      PrincipalId user = Load.user(round, worker);
      records.add(user);
      records.add(Username.parse(user.value()));
      Pages.all(page -> stores.keys().listApiKeys(user, page))
          .forEach(key -> records.add(key.id()));
    }
    return records;
  }
}
