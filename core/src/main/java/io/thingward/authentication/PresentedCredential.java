package io.thingward.authentication;

/**
 * What a client sends with every request or connection: a {@link BearerToken} or a {@link
 * DeviceLogin}. (A username and password are exchanged for a token first: {@link PasswordLogin}.)
 * Any text can be presented; what is malformed is refused like what is wrong.
 */
public sealed interface PresentedCredential permits BearerToken, DeviceLogin {}
