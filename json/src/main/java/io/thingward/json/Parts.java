package io.thingward.json;

import static io.thingward.json.Codecs.INSTANT;
import static io.thingward.json.Codecs.PERMISSIONS;
import static io.thingward.json.Codecs.SCOPE;
import static io.thingward.json.Codecs.TEXT;
import static io.thingward.json.Codecs.WORKSPACE;
import static io.thingward.json.Codecs.list;
import static io.thingward.json.Codecs.optional;

import com.fasterxml.jackson.core.JsonToken;
import io.thingward.model.Grant;
import io.thingward.model.Limits;
import io.thingward.model.PasswordHash;
import io.thingward.model.Restriction;
import io.thingward.model.RoleAssignment;
import io.thingward.model.SecretDigest;
import io.thingward.model.StoredSecret;
import io.thingward.model.Version;
import io.thingward.store.Activation;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The objects within records. */
final class Parts {
  static final Codec<Version> VERSION = version();
  static final Codec<SecretDigest> DIGEST = digest();
  static final Codec<List<StoredSecret>> SECRETS = list(secret(), Limits.SECRETS_PER_KEY);
  static final Codec<PasswordHash> PASSWORD = password();
  static final Codec<Activation> ACTIVATION = activation();
  static final Codec<RoleAssignment> ASSIGNMENT = assignment();
  static final Codec<Grant> GRANT = grant();
  static final Codec<Restriction> RESTRICTION = restriction();

  private static final HexFormat HEX = HexFormat.of();
  private static final int HALF_BYTES = 16;

  private Parts() {}

  private static Shape<Version> version() {
    Shape.Builder<Version> shape = new Shape.Builder<>();
    var sequence = shape.field("sequence", Version::sequence, Codecs.NUMBER);
    var change = shape.field("change", Version::change, Codecs.UNIQUE);
    return shape.makes(read -> new Version(read.get(sequence), read.get(change)));
  }

  private static Shape<SecretDigest> digest() {
    Shape.Builder<SecretDigest> shape = new Shape.Builder<>();
    var hex = shape.field("hex", Parts::hex, TEXT);
    var pepper =
        shape.field("pepper", SecretDigest::pepper, optional(TEXT), Optional.<String>empty());
    return shape.makes(read -> digest(read.get(hex), read.get(pepper)));
  }

  private static String hex(SecretDigest digest) {
    return HEX.toHexDigits(digest.a())
        + HEX.toHexDigits(digest.b())
        + HEX.toHexDigits(digest.c())
        + HEX.toHexDigits(digest.d());
  }

  private static SecretDigest digest(String hex, Optional<String> pepper) {
    boolean lowerCase = hex.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    if (hex.length() != 2 * SecretDigest.BYTES || !lowerCase) {
      throw new IllegalArgumentException("a digest has 64 hexadecimal digits in lower case");
    }
    return new SecretDigest(
        quarter(hex, 0), quarter(hex, 1), quarter(hex, 2), quarter(hex, 3), pepper);
  }

  private static long quarter(String hex, int number) {
    return HexFormat.fromHexDigitsToLong(hex, number * HALF_BYTES, (number + 1) * HALF_BYTES);
  }

  private static Shape<StoredSecret> secret() {
    Shape.Builder<StoredSecret> shape = new Shape.Builder<>();
    var digest = shape.field("digest", StoredSecret::digest, DIGEST);
    var endsAt = shape.field("endsAt", StoredSecret::endsAt, optional(INSTANT), Optional.empty());
    return shape.makes(read -> new StoredSecret(read.get(digest), read.get(endsAt)));
  }

  private static Shape<PasswordHash> password() {
    Shape.Builder<PasswordHash> shape = new Shape.Builder<>();
    var encoded = shape.field("encoded", PasswordHash::encoded, TEXT);
    var pepper = shape.field("pepper", PasswordHash::pepper, optional(TEXT), Optional.empty());
    return shape.makes(read -> new PasswordHash(read.get(encoded), read.get(pepper)));
  }

  private static Shape<Activation> activation() {
    Shape.Builder<Activation> shape = new Shape.Builder<>();
    var digest = shape.field("digest", Activation::digest, DIGEST);
    var endsAt = shape.field("endsAt", Activation::endsAt, INSTANT);
    return shape.makes(read -> new Activation(read.get(digest), read.get(endsAt)));
  }

  private static Shape<RoleAssignment> assignment() {
    Shape.Builder<RoleAssignment> shape = new Shape.Builder<>();
    var role = shape.field("role", RoleAssignment::role, Codecs.ROLE);
    var scope = shape.field("scope", RoleAssignment::scope, SCOPE);
    return shape.makes(read -> new RoleAssignment(read.get(role), read.get(scope)));
  }

  private static Shape<Grant> grant() {
    Shape.Builder<Grant> shape = new Shape.Builder<>();
    var scope = shape.field("scope", Grant::scope, SCOPE);
    var permissions = shape.field("permissions", Grant::permissions, PERMISSIONS);
    return shape.makes(read -> new Grant(read.get(scope), read.get(permissions)));
  }

  /*
   * A string or an array, so that no array that lost its rows and no field that was left out can
   * turn into "narrows nothing".
   */
  private static Codec<Restriction> restriction() {
    Codec<List<Restriction.Row>> rows = list(row(), Limits.RESTRICTION_ROWS);
    return Codecs.of(
        in -> {
          Place place = in.place();
          if (in.is(JsonToken.START_ARRAY)) {
            try {
              return Restriction.to(rows.read(in));
            } catch (IllegalArgumentException refused) {
              throw place.wrong(String.valueOf(refused.getMessage()));
            }
          }
          if (in.is(JsonToken.VALUE_STRING) && in.text().equals("unrestricted")) {
            return Restriction.unrestricted();
          }
          throw place.wrong("a restriction is an array of rows, or the text unrestricted");
        },
        (restriction, out) -> {
          if (restriction.isUnrestricted()) {
            out.text("unrestricted");
          } else {
            rows.write(restriction.rows(), out);
          }
        });
  }

  private static Shape<Restriction.Row> row() {
    Shape.Builder<Restriction.Row> shape = new Shape.Builder<>();
    var workspace = shape.field("workspace", Restriction.Row::workspace, WORKSPACE);
    var permissions = shape.field("permissions", Restriction.Row::permissions, PERMISSIONS);
    var scope = shape.field("scope", Restriction.Row::scope, SCOPE);
    return shape.makes(
        read -> new Restriction.Row(read.get(workspace), read.get(permissions), read.get(scope)));
  }
}
