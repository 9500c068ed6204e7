package io.thingward.store.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import example.Engine;
import example.NaiveStores;
import io.thingward.store.KeyStore;
import io.thingward.store.LastUseStore;
import io.thingward.store.PrincipalStore;
import io.thingward.store.SessionStore;
import io.thingward.store.StoreRecord;
import io.thingward.store.Stores;
import io.thingward.store.WorkspaceStore;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** The suite bites: a store with one flaw is caught by the sentence that it breaks. */
class BrokenStoresTest {
  @TestFactory
  @DisplayName("principal stores")
  Stream<DynamicTest> principals() {
    return caught(BrokenPrincipalStores.all(), OfPrincipals.class);
  }

  @TestFactory
  @DisplayName("workspace stores")
  Stream<DynamicTest> workspaces() {
    return caught(BrokenWorkspaceStores.all(), OfWorkspaces.class);
  }

  @TestFactory
  @DisplayName("key stores")
  Stream<DynamicTest> keys() {
    return caught(BrokenKeyStores.all(), OfKeys.class);
  }

  @TestFactory
  @DisplayName("session stores")
  Stream<DynamicTest> sessions() {
    return caught(BrokenSessionStores.all(), OfSessions.class);
  }

  @TestFactory
  @DisplayName("stores of last uses")
  Stream<DynamicTest> uses() {
    return caught(BrokenUseStores.all(), OfUses.class);
  }

  @TestFactory
  @DisplayName("all stores together")
  Stream<DynamicTest> stores() {
    return caught(BrokenInstallations.together(), OfStores.class);
  }

  @TestFactory
  @DisplayName("stores that were opened more than once")
  Stream<DynamicTest> durability() {
    return caught(BrokenInstallations.reopened(), OfDurability.class);
  }

  @TestFactory
  @DisplayName("stores out of reach")
  Stream<DynamicTest> unreachable() {
    return caught(BrokenInstallations.unreachable(), OfUnreachable.class);
  }

  @TestFactory
  @DisplayName("feeds that go out of reach")
  Stream<DynamicTest> unreachableFeeds() {
    return caught(BrokenInstallations.unreachableFeeds(), OfUnreachableFeeds.class);
  }

  @TestFactory
  @DisplayName("stores that hang")
  Stream<DynamicTest> hanging() {
    return caught(BrokenInstallations.hanging(), OfHanging.class);
  }

  @TestFactory
  @DisplayName("stores that meet a newer format")
  Stream<DynamicTest> newer() {
    return caught(BrokenInstallations.newer(), OfNewerFormat.class);
  }

  @TestFactory
  @DisplayName("feeds")
  Stream<DynamicTest> feeds() {
    return caught(BrokenFeeds.all(), OfFeeds.class);
  }

  @TestFactory
  @DisplayName("keys with their holders")
  Stream<DynamicTest> keyViews() {
    return caught(BrokenViews.ofKeys(), OfKeyViews.class);
  }

  @TestFactory
  @DisplayName("sessions with their users")
  Stream<DynamicTest> sessionViews() {
    return caught(BrokenViews.ofSessions(), OfSessionViews.class);
  }

  @Test
  @DisplayName("every sentence is broken by some store")
  void sentences_areBroken() throws IOException {
    Set<Integer> broken =
        Stream.of(
                BrokenPrincipalStores.all(),
                BrokenWorkspaceStores.all(),
                BrokenKeyStores.all(),
                BrokenSessionStores.all(),
                BrokenUseStores.all(),
                BrokenInstallations.together(),
                BrokenInstallations.reopened(),
                BrokenInstallations.unreachable(),
                BrokenInstallations.unreachableFeeds(),
                BrokenInstallations.hanging(),
                BrokenInstallations.newer(),
                BrokenFeeds.all(),
                BrokenViews.ofKeys(),
                BrokenViews.ofSessions())
            .flatMap(List::stream)
            .map(Broken::rule)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(broken).isEqualTo(new TreeSet<>(ContractNumbersTest.sentences()));
  }

  private static <S> Stream<DynamicTest> caught(List<Broken<S>> all, Class<?> contract) {
    return IntStream.range(0, all.size())
        .mapToObj(
            i -> {
              Broken<S> broken = all.get(i);
              return dynamicTest(broken.toString(), () -> assertCaught(broken, i, contract));
            });
  }

  private static <S> void assertCaught(Broken<S> broken, int number, Class<?> contract) {
    EngineExecutionResults results =
        EngineTestKit.engine("junit-jupiter")
            .configurationParameter(Choice.NUMBER, Integer.toString(number))
            .selectors(selectClass(contract))
            .execute();
    List<String> failed =
        results.testEvents().failed().stream()
            .map(Event::getTestDescriptor)
            .map(test -> test.getDisplayName())
            .toList();
    assertThat(results.containerEvents().failed().count()).isZero();
    assertThat(failed).anyMatch(name -> name.startsWith("S" + broken.rule() + ": "));
    // one flaw, not a store that does nothing right
    assertThat(results.testEvents().succeeded().count()).isPositive();
  }

  /** Hands a contract the broken store that is its turn. */
  private static final class Choice implements ParameterResolver {
    static final String NUMBER = "broken";

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == int.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return Integer.valueOf(context.getConfigurationParameter(NUMBER).orElseThrow());
    }
  }

  private static NaiveStores working() {
    return new NaiveStores(new Engine());
  }

  @ExtendWith(Choice.class)
  static final class OfPrincipals extends PrincipalStoreContract {
    private final Broken<PrincipalStore> broken;

    OfPrincipals(int number) {
      broken = BrokenPrincipalStores.all().get(number);
    }

    @Override
    protected PrincipalStore create() {
      return broken.breaking().apply(working().principals());
    }
  }

  @ExtendWith(Choice.class)
  static final class OfWorkspaces extends WorkspaceStoreContract {
    private final Broken<WorkspaceStore> broken;

    OfWorkspaces(int number) {
      broken = BrokenWorkspaceStores.all().get(number);
    }

    @Override
    protected WorkspaceStore create() {
      return broken.breaking().apply(working().workspaces());
    }
  }

  @ExtendWith(Choice.class)
  static final class OfKeys extends KeyStoreContract {
    private final Broken<KeyStore> broken;

    OfKeys(int number) {
      broken = BrokenKeyStores.all().get(number);
    }

    @Override
    protected KeyStore create() {
      return broken.breaking().apply(working().keys());
    }
  }

  @ExtendWith(Choice.class)
  static final class OfSessions extends SessionStoreContract {
    private final Broken<SessionStore> broken;

    OfSessions(int number) {
      broken = BrokenSessionStores.all().get(number);
    }

    @Override
    protected SessionStore create() {
      return broken.breaking().apply(working().sessions());
    }
  }

  @ExtendWith(Choice.class)
  static final class OfUses extends LastUseStoreContract {
    private final Broken<LastUseStore> broken;

    OfUses(int number) {
      broken = BrokenUseStores.all().get(number);
    }

    @Override
    protected LastUseStore create() {
      return broken.breaking().apply(working().keyUses());
    }
  }

  @ExtendWith(Choice.class)
  static final class OfStores extends StoresContract {
    private final Broken<Stores> broken;

    OfStores(int number) {
      broken = BrokenInstallations.together().get(number);
    }

    @Override
    protected Stores create() {
      return broken.breaking().apply(working());
    }
  }

  @ExtendWith(Choice.class)
  static final class OfKeyViews extends KeyViewsContract {
    private final Broken<Stores> broken;

    OfKeyViews(int number) {
      broken = BrokenViews.ofKeys().get(number);
    }

    @Override
    protected Stores create() {
      return broken.breaking().apply(working());
    }
  }

  @ExtendWith(Choice.class)
  static final class OfSessionViews extends SessionViewsContract {
    private final Broken<Stores> broken;

    OfSessionViews(int number) {
      broken = BrokenViews.ofSessions().get(number);
    }

    @Override
    protected Stores create() {
      return broken.breaking().apply(working());
    }
  }

  @ExtendWith(Choice.class)
  static final class OfFeeds extends ChangeFeedContract<Stores> {
    private final Broken<Stores> broken;

    OfFeeds(int number) {
      broken = BrokenFeeds.all().get(number);
    }

    @Override
    protected Stores create() {
      return broken.breaking().apply(working());
    }
  }

  @ExtendWith(Choice.class)
  static final class OfDurability extends DurabilityContract<Stores> {
    private final Engine engine = new Engine();
    private final Broken<Stores> broken;

    OfDurability(int number) {
      broken = BrokenInstallations.reopened().get(number);
    }

    @Override
    protected Stores open() {
      return broken.breaking().apply(new NaiveStores(engine));
    }
  }

  @ExtendWith(Choice.class)
  static final class OfUnreachable extends UnreachableContract<Stores> {
    private final Broken<Stores> broken;

    OfUnreachable(int number) {
      broken = BrokenInstallations.unreachable().get(number);
    }

    @Override
    protected Stores unreachable() {
      return unplugged(broken);
    }
  }

  @ExtendWith(Choice.class)
  static final class OfUnreachableFeeds extends UnreachableFeedContract<Stores> {
    private final Engine engine = new Engine();
    private final Broken<Stores> broken;

    OfUnreachableFeeds(int number) {
      broken = BrokenInstallations.unreachableFeeds().get(number);
    }

    @Override
    protected Stores open() {
      return broken.breaking().apply(new NaiveStores(engine));
    }

    @Override
    protected void disconnect() {
      engine.unplug();
    }
  }

  @ExtendWith(Choice.class)
  static final class OfHanging extends UnreachableContract<Stores> {
    private final Broken<Stores> broken;

    OfHanging(int number) {
      broken = BrokenInstallations.hanging().get(number);
    }

    @Override
    protected Stores unreachable() {
      return unplugged(broken);
    }

    @Override
    Duration patience() {
      return Duration.ofSeconds(1);
    }
  }

  private static Stores unplugged(Broken<Stores> broken) {
    Engine engine = new Engine();
    Stores stores = broken.breaking().apply(new NaiveStores(engine));
    engine.unplug();
    return stores;
  }

  @ExtendWith(Choice.class)
  static final class OfNewerFormat extends NewerFormatContract<Stores> {
    private final NaiveStores stores = working();
    private final Broken<Stores> broken;

    OfNewerFormat(int number) {
      broken = BrokenInstallations.newer().get(number);
    }

    @Override
    protected Stores create() {
      return broken.breaking().apply(stores);
    }

    @Override
    protected void makeNewer(StoreRecord record) {
      stores.makeNewer(record);
    }
  }
}
