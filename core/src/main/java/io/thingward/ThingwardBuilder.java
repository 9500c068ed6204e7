package io.thingward;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.thingward.access.DeviceDirectory;
import io.thingward.access.DeviceReach;
import io.thingward.audit.AuditListener;
import io.thingward.credential.Pepper;
import io.thingward.internal.management.Policies;
import io.thingward.internal.management.TagRules;
import io.thingward.password.PasswordHasher;
import io.thingward.password.PasswordPolicy;
import io.thingward.permission.Catalog;
import io.thingward.permission.Permission;
import io.thingward.store.Stores;
import io.thingward.throttle.ThrottlePolicy;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Sets up a {@link Thingward}. Required are the permissions and the stores. Setting the same thing
 * twice is an {@link IllegalStateException}. Not thread-safe.
 */
public final class ThingwardBuilder {
  static final Duration LONGEST_SESSION = Duration.ofDays(400);

  private final Set<String> set = new HashSet<>();
  private @Nullable Catalog catalog;
  private @Nullable Stores stores;
  DeviceReach reach = DeviceReach.nothing();
  DeviceDirectory directory = DeviceDirectory.empty();
  List<AuditListener> listeners = List.of();
  String brand = "tw";
  List<Pepper> peppers = List.of();
  Duration freshness = Duration.ofSeconds(1);
  Policies policies = Policies.ofDefaults();
  @Nullable PasswordHasher passwords;
  @Nullable PasswordPolicy passwordPolicy;
  Set<String> productNames = Set.of();
  ThrottlePolicy throttle = ThrottlePolicy.ofDefaults();
  int cacheSize = 100_000;
  int storeCalls = 64;
  TagRules tags = TagRules.none();
  InstantSource clock = InstantSource.system();
  LongSupplier monotonic = System::nanoTime;
  SecureRandom random = new SecureRandom();
  @Nullable ScheduledExecutorService scheduler;

  ThingwardBuilder() {}

  /** Every permission of the host. */
  @CanIgnoreReturnValue
  public ThingwardBuilder permissions(Permission... permissions) {
    return permissions(List.of(permissions));
  }

  /** Every permission of the host. */
  @CanIgnoreReturnValue
  public ThingwardBuilder permissions(List<? extends Permission> permissions) {
    once("permissions", permissions);
    catalog = Catalog.of(permissions);
    return this;
  }

  /** Where everything is kept. */
  @CanIgnoreReturnValue
  public ThingwardBuilder stores(Stores stores) {
    once("stores", stores);
    this.stores = stores;
    return this;
  }

  /** What an authenticated device may do; without it, nothing. */
  @CanIgnoreReturnValue
  public ThingwardBuilder devices(DeviceReach reach) {
    once("devices", reach);
    this.reach = reach;
    return this;
  }

  /** Where devices are found; without it there are none, and no device authenticates. */
  @CanIgnoreReturnValue
  public ThingwardBuilder directory(DeviceDirectory directory) {
    once("directory", directory);
    this.directory = directory;
    return this;
  }

  /** Who is told what happened. May be given several at once. */
  @CanIgnoreReturnValue
  public ThingwardBuilder audit(AuditListener... listeners) {
    once("audit", listeners);
    this.listeners = List.of(listeners);
    return this;
  }

  /**
   * What tokens start with: 2 to 10 characters {@code [a-z0-9]}, a letter first. Default {@code
   * tw}.
   */
  @CanIgnoreReturnValue
  public ThingwardBuilder brand(String brand) {
    once("brand", brand);
    this.brand = brand;
    return this;
  }

  /** The host's peppers, of which the first keys new digests. Copied; default none. */
  @CanIgnoreReturnValue
  public ThingwardBuilder peppers(Pepper... peppers) {
    once("peppers", peppers);
    this.peppers = List.of(peppers);
    return this;
  }

  /**
   * How old a cached record may be, 100 ms to 1 min; default 1 s. What this node changes itself is
   * seen at once; this bounds how late it sees what others change.
   */
  @CanIgnoreReturnValue
  public ThingwardBuilder freshness(Duration bound) {
    requireBetween("freshness", bound, Duration.ofMillis(100), Duration.ofMinutes(1));
    once("freshness", bound);
    freshness = bound;
    return this;
  }

  /**
   * How long sessions live: from login to the absolute end, and between two uses. Each at most 400
   * days; default 12 h and 30 min.
   */
  @CanIgnoreReturnValue
  public ThingwardBuilder sessions(Duration life, Duration idle) {
    requireBetween("the life of a session", life, Duration.ofMinutes(1), LONGEST_SESSION);
    requireBetween("the idle timeout", idle, Duration.ofMinutes(1), life);
    once("sessions", life);
    policies = policies.withSessions(life, idle);
    return this;
  }

  /**
   * How long after a login a session may change its user's keys and password, 1 min to 24 h;
   * default 15 min.
   */
  @CanIgnoreReturnValue
  public ThingwardBuilder recentLogin(Duration window) {
    requireBetween(
        "the window of a recent login", window, Duration.ofMinutes(1), Duration.ofHours(24));
    once("recentLogin", window);
    policies = policies.withRecentLogin(window);
    return this;
  }

  /** How long an activation code counts, 5 min to 30 days; default 24 h. */
  @CanIgnoreReturnValue
  public ThingwardBuilder activationLife(Duration life) {
    requireBetween(
        "the life of an activation code", life, Duration.ofMinutes(5), Duration.ofDays(30));
    once("activationLife", life);
    policies = policies.withActivationLife(life);
    return this;
  }

  /**
   * How passwords are hashed. Without it there are none: users authenticate by API keys and by
   * sessions that the host issues, and no activation code is ever issued.
   */
  @CanIgnoreReturnValue
  public ThingwardBuilder passwords(PasswordHasher hasher) {
    once("passwords", hasher);
    passwords = hasher;
    return this;
  }

  /** Which passwords may be chosen; default {@link PasswordPolicy#ofDefaults}. */
  @CanIgnoreReturnValue
  public ThingwardBuilder passwordPolicy(PasswordPolicy policy) {
    once("passwordPolicy", policy);
    passwordPolicy = policy;
    return this;
  }

  /**
   * What people call the host's product and company: no password may be one of these names. In
   * addition to those of the {@linkplain #passwordPolicy policy}.
   */
  @CanIgnoreReturnValue
  public ThingwardBuilder productNames(String... names) {
    once("productNames", names);
    productNames = Set.of(names);
    return this;
  }

  /** How often passwords may be guessed; default {@link ThrottlePolicy#ofDefaults}. */
  @CanIgnoreReturnValue
  public ThingwardBuilder throttle(ThrottlePolicy policy) {
    once("throttle", policy);
    throttle = policy;
    return this;
  }

  /**
   * Narrows what tag keys and values in scopes may be, beyond 1 to 255 characters without controls.
   * Each has to match as a whole; choose patterns without nested repetition, for callers choose the
   * texts.
   */
  @CanIgnoreReturnValue
  public ThingwardBuilder tags(Pattern keys, Pattern values) {
    once("tags", keys);
    tags = new TagRules(Optional.of(keys), Optional.of(values));
    return this;
  }

  /**
   * How many records of each kind are cached; default 100,000. So is a tenth as many times that one
   * is not there. Held subjects are not limited by it.
   */
  @CanIgnoreReturnValue
  public ThingwardBuilder cacheSize(int records) {
    if (records < 1) {
      throw new IllegalArgumentException("a cache holds at least 1 record, not " + records);
    }
    once("cacheSize", records);
    cacheSize = records;
    return this;
  }

  /**
   * How many calls of each store (principals, workspaces, keys, sessions) may be under way at once,
   * 1 to 10,000; default 64. So one that hangs takes none away from the others. Who finds no room
   * within a second gets an {@link io.thingward.error.UnavailableException}, and nothing was done.
   * The readers of change feeds are not counted. A last use that finds no room is lost.
   */
  @CanIgnoreReturnValue
  public ThingwardBuilder storeCalls(int atMost) {
    if (atMost < 1 || atMost > 10_000) {
      throw new IllegalArgumentException(
          "the calls of the stores at once are 1 to 10,000, not " + atMost);
    }
    once("storeCalls", atMost);
    storeCalls = atMost;
    return this;
  }

  /** The wall clock; default the system's. */
  @CanIgnoreReturnValue
  public ThingwardBuilder clock(InstantSource clock) {
    once("clock", clock);
    this.clock = clock;
    return this;
  }

  /** Where last uses are written and watches delivered; default daemon threads of its own. */
  @CanIgnoreReturnValue
  public ThingwardBuilder scheduler(ScheduledExecutorService scheduler) {
    once("scheduler", scheduler);
    this.scheduler = scheduler;
    return this;
  }

  /** Where random numbers come from; default a new {@link SecureRandom}. */
  @CanIgnoreReturnValue
  public ThingwardBuilder random(SecureRandom random) {
    once("random", random);
    this.random = random;
    return this;
  }

  /* The monotonic clock, for tests. */
  @CanIgnoreReturnValue
  ThingwardBuilder monotonic(LongSupplier nanos) {
    once("monotonic", nanos);
    monotonic = nanos;
    return this;
  }

  private static void requireBetween(String what, Duration value, Duration low, Duration high) {
    if (value.compareTo(low) < 0 || value.compareTo(high) > 0) {
      throw new IllegalArgumentException(
          what + " is between " + low + " and " + high + ", not " + value);
    }
  }

  private void once(String what, Object value) {
    Objects.requireNonNull(value, what);
    if (!set.add(what)) {
      throw new IllegalStateException(what + " was already set");
    }
  }

  Catalog catalog() {
    return Objects.requireNonNull(catalog);
  }

  Stores stores() {
    return Objects.requireNonNull(stores);
  }

  /** The library; {@link IllegalStateException} names everything required that is missing. */
  public Thingward build() {
    List<String> missing = new ArrayList<>(List.of("permissions", "stores"));
    missing.removeAll(set);
    if (!missing.isEmpty()) {
      throw new IllegalStateException("not set: " + String.join(", ", missing));
    }
    return new Thingward(new Assembly(this));
  }
}
