package io.thingward.internal.password;

import io.thingward.internal.throttle.Throttle;

/**
 * What management needs to look after usernames and passwords.
 *
 * @param users finds users by name
 * @param passwords hashes
 * @param guesses compares what a person presents
 * @param codes makes activation codes
 * @param throttle forgets failures
 */
public record PasswordParts(
    UserRecords users,
    Passwords passwords,
    Guesses guesses,
    ActivationCodes codes,
    Throttle throttle) {}
