package io.thingward.testing;

import io.thingward.Thingward;
import io.thingward.ThingwardBuilder;
import io.thingward.access.CredentialInfo;
import io.thingward.access.RequestContext;
import io.thingward.access.Subject;
import io.thingward.authentication.Authentication;
import io.thingward.authentication.BearerToken;
import io.thingward.authentication.Login;
import io.thingward.authentication.PasswordLogin;
import io.thingward.credential.Issued;
import io.thingward.credential.Secret;
import io.thingward.management.ActivationCode;
import io.thingward.management.Management;
import io.thingward.management.NewUser;
import io.thingward.model.CredentialId;
import io.thingward.model.PrincipalId;
import io.thingward.password.Password;
import io.thingward.password.PasswordPolicy;
import io.thingward.store.PageRequest;
import io.thingward.store.SessionRecord;
import io.thingward.store.UserRecord;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A platform whose users have passwords. */
public final class People implements AutoCloseable {
  public static final String PASSWORD = "correct horse battery";
  public static final String OTHER = "quite another staple";
  public static final RequestContext HOME = RequestContext.of("192.0.2.1", "a browser");

  public final FakeHasher hasher = new FakeHasher();
  public final Platform platform;
  public final Thingward thingward;
  public final Management host;

  /** People with the defaults, but for a short blocklist. */
  public People() {
    this(builder -> builder);
  }

  /** The same, set up further. */
  public People(UnaryOperator<ThingwardBuilder> more) {
    platform =
        new Platform(
            builder ->
                more.apply(
                    builder
                        .passwords(hasher)
                        .passwordPolicy(
                            new PasswordPolicy(
                                15, password -> false, Set.of("thingward platform")))));
    thingward = platform.thingward;
    host = platform.host;
    settle();
  }

  /** Forgets the calls, hashes and events so far. */
  public void settle() {
    hasher.takeHashes();
    platform.stores.takeCalls();
    platform.audit.take();
  }

  /** A user that has chosen {@link #PASSWORD}. */
  public PrincipalId join(String name) {
    PrincipalId id = PrincipalId.of("u-" + name);
    try (NewUser user = host.users().create(id, name)) {
      return activate(user.activation().orElseThrow(), PASSWORD).orElseThrow();
    } finally {
      settle();
    }
  }

  /** Redeems a code. */
  public Authentication<PrincipalId> activate(ActivationCode code, String password) {
    return activate(code.username().value(), code.code(), password);
  }

  /** Redeems a code. */
  public Authentication<PrincipalId> activate(String username, Secret code, String password) {
    try (Password fresh = Password.of(password)) {
      return thingward.activate(username, code, fresh, HOME);
    }
  }

  /** Logs in from home. */
  public Authentication<Login> login(String username, String password) {
    return login(username, password, HOME);
  }

  /** Logs in from an address. */
  public Authentication<Login> loginFrom(String source, String username, String password) {
    return login(username, password, RequestContext.of(source));
  }

  private Authentication<Login> login(String username, String password, RequestContext context) {
    try (Password typed = Password.of(password)) {
      return thingward.login(PasswordLogin.of(username, typed), context);
    }
  }

  /** Changes one's own password. */
  public Authentication<?> change(Subject self, String current, String fresh) {
    try (Password was = Password.of(current);
        Password will = Password.of(fresh)) {
      return thingward.as(self).users().changePassword(was, will, HOME);
    }
  }

  /** A session, as the host issues it; its token stays open. */
  public Login session(PrincipalId user) {
    return host.sessions(user).issue(HOME);
  }

  /** Presents the token of a session. */
  public Authentication<Subject> present(Issued<CredentialInfo> session) {
    return thingward.authenticate(new BearerToken(session.secret()), HOME);
  }

  /** Whether the token of a login still authenticates. */
  public boolean isAlive(Login login) {
    return present(login.session()) instanceof Authentication.Authenticated;
  }

  /** The record of a user, as it is in the store. */
  public UserRecord record(PrincipalId user) {
    return (UserRecord) platform.memory.principals().find(user).orElseThrow();
  }

  /** The sessions in the store, dead or alive. */
  public List<CredentialId> stored(PrincipalId user) {
    return platform.memory.sessions().list(user, PageRequest.first(1_000)).items().stream()
        .map(SessionRecord::id)
        .toList();
  }

  @Override
  public void close() {
    platform.close();
  }
}
