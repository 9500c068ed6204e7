package io.thingward.access;

import io.thingward.credential.CredentialKind;
import io.thingward.model.CredentialId;
import io.thingward.model.Restriction;
import java.time.Instant;
import java.util.Optional;

/**
 * The credential that a subject presented, as an interface would show it.
 *
 * @param kind its kind
 * @param id its public id
 * @param name what people call it; empty for a session
 * @param created when it was created
 * @param endsAt when it ends by plan, if it does; for a session its absolute end
 * @param restriction what an API key narrows to; unrestricted for everything else
 */
public record CredentialInfo(
    CredentialKind kind,
    CredentialId id,
    Optional<String> name,
    Instant created,
    Optional<Instant> endsAt,
    Restriction restriction) {}
