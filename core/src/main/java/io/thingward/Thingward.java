package io.thingward;

import io.thingward.access.DeviceDirectory;
import io.thingward.access.RequestContext;
import io.thingward.access.Subject;
import io.thingward.access.SubjectListener;
import io.thingward.access.Watch;
import io.thingward.audit.AuditActor;
import io.thingward.authentication.Authentication;
import io.thingward.authentication.Login;
import io.thingward.authentication.PasswordLogin;
import io.thingward.authentication.PresentedCredential;
import io.thingward.credential.Secret;
import io.thingward.error.UnavailableException;
import io.thingward.internal.live.FeedReader;
import io.thingward.internal.live.LiveSubject;
import io.thingward.management.Management;
import io.thingward.model.DeviceId;
import io.thingward.model.Names;
import io.thingward.model.PrincipalId;
import io.thingward.model.WorkspaceId;
import io.thingward.password.Password;
import io.thingward.permission.Catalog;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The library: who is this, may they, and which devices may they see?
 *
 * <pre>{@code
 * Thingward thingward = Thingward.builder()
 *     .permissions(VIEW, RECORD)
 *     .devices(DeviceReach.self(RECORD).peers(VIEW))
 *     .directory(fleet)
 *     .stores(new MemoryStores())
 *     .build();
 * Subject device = thingward.authenticate(login, RequestContext.of(address)).orElseThrow();
 * device.isAllowed(VIEW, neighbour);
 * }</pre>
 *
 * <p>Build one per application and close it at the end. It owns a daemon thread that watches the
 * age of what is cached and, unless it is given one, a daemon scheduler. Thread-safe.
 */
public final class Thingward implements AutoCloseable {
  private final Assembly parts;

  Thingward(Assembly parts) {
    this.parts = parts;
  }

  /** A builder with nothing set. */
  public static ThingwardBuilder builder() {
    return new ThingwardBuilder();
  }

  /** The catalog of permissions. */
  public Catalog catalog() {
    return parts.positions().catalog();
  }

  /**
   * Who is this? Authenticates what came with a request or connection.
   *
   * @throws io.thingward.error.UnavailableException if a store or the directory did not answer
   */
  public Authentication<Subject> authenticate(
      PresentedCredential presented, RequestContext context) {
    parts.requireOpen();
    return parts
        .authenticator()
        .authenticate(
            Objects.requireNonNull(presented, "presented"),
            Objects.requireNonNull(context, "context"));
  }

  /**
   * Exchanges a username and a password for a session.
   *
   * <p>Guessing is throttled on this node, by account and by source, and what is not throttled
   * costs one slow hash, whether the user exists or not. So {@code Refused} says the same for every
   * reason, and {@code TryLater} for every name.
   *
   * @throws IllegalStateException if the library was built without passwords
   * @throws io.thingward.error.UnavailableException if a store or the hasher did not answer
   */
  public Authentication<Login> login(PasswordLogin presented, RequestContext context) {
    parts.requireOpen();
    return parts
        .logins()
        .login(
            Objects.requireNonNull(presented, "presented"),
            Objects.requireNonNull(context, "context"));
  }

  /**
   * Sets a password by an activation code, once: the first one of a user, or a new one for one that
   * was forgotten or ended. Every session of the user ends, and password login is allowed again.
   * Logs nobody in.
   *
   * <p>Wrong codes are refused without a slow hash and are not throttled, since a code cannot be
   * guessed; so nobody who floods a name keeps its owner out.
   *
   * @param fresh the password that the user chose
   * @return {@code Refused} for every failure alike; {@code TryLater} if the hasher is busy: the
   *     code still counts
   * @throws io.thingward.password.PasswordRejectedException if the policy refuses the password; the
   *     code still counts
   * @throws IllegalStateException if the library was built without passwords
   * @throws io.thingward.error.UnavailableException if a store or the hasher did not answer
   */
  public Authentication<PrincipalId> activate(
      String username, Secret code, Password fresh, RequestContext context) {
    parts.requireOpen();
    return parts
        .activations()
        .activate(
            Objects.requireNonNull(username, "username"),
            Objects.requireNonNull(code, "code"),
            Objects.requireNonNull(fresh, "fresh"),
            Objects.requireNonNull(context, "context"));
  }

  /** Management on behalf of a subject, within what its credential holds. */
  public Management as(Subject subject) {
    return Management.by(live(subject), parts.room());
  }

  /**
   * Management by the host itself, which may do everything.
   *
   * @param reason why, for the audit: 1 to 255 characters without controls, not blank
   */
  public Management asHost(String reason) {
    return Management.byHost(AuditActor.host(checkReason(reason)), parts.room());
  }

  /**
   * Management by the host itself, on account of a subject that the audit then names. The subject's
   * rights limit nothing here.
   */
  public Management asHost(String reason, Subject onAccountOf) {
    return Management.byHost(AuditActor.host(checkReason(reason), live(onAccountOf)), parts.room());
  }

  private static String checkReason(String reason) {
    if (reason.isBlank()) {
      throw new IllegalArgumentException("the host acts with a reason, and this one is blank");
    }
    return Names.check(reason);
  }

  /** Watches a subject: tells of its end, of changes of its rights, and when it cannot be read. */
  public Watch watch(Subject subject, SubjectListener listener) {
    parts.requireOpen();
    return parts.watches().watch(live(subject), Objects.requireNonNull(listener, "listener"));
  }

  /** How this node is doing. Costs next to nothing and asks no store. */
  public Statistics statistics() {
    return parts.statistics();
  }

  /**
   * A device appeared, changed its tags, or is gone. Call it after the change is visible through
   * the {@link DeviceDirectory}; every check that begins after it returned sees the change on this
   * node, and on the others within the freshness bound: they are told through the feed of keys, or,
   * where the stores have none, ask the directory again.
   *
   * @throws UnavailableException if the other nodes could not be told; this one knows all the same
   * @throws IllegalStateException if the library is closed
   */
  public void deviceChanged(WorkspaceId workspace, DeviceId device) {
    parts
        .records()
        .devices()
        .changed(
            Objects.requireNonNull(workspace, "workspace"),
            Objects.requireNonNull(device, "device"));
  }

  /**
   * Finds tokens and secrets of this installation's brand in text: for scanners of logs and code.
   */
  public Pattern leakPattern() {
    return parts.format().leakPattern();
  }

  private LiveSubject live(Subject subject) {
    if (Objects.requireNonNull(subject, "subject") instanceof LiveSubject live
        && parts.room().live().made(live)) {
      return live;
    }
    throw new IllegalArgumentException("not a subject of this library: " + subject);
  }

  /* One tick of the ticker: what its thread does several times per freshness bound. */
  void tick() {
    parts.ticker().tick();
  }

  /* One reading of each feed: what its thread does several times per freshness bound. */
  void pollFeeds() {
    parts.readers().forEach(FeedReader::poll);
  }

  /** Ends watches and threads, writes last uses, wipes keys. Calls from now on are refused. */
  @Override
  public void close() {
    parts.close();
  }
}
