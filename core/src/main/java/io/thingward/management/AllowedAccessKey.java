package io.thingward.management;

import io.thingward.access.Reason;

/**
 * An access key through which some device may do something on a device.
 *
 * @param key the key
 * @param by {@link Reason#DEVICE_PEER} if every device of the key's scope may, {@link
 *     Reason#DEVICE_SELF} if the device itself may and no other
 */
public record AllowedAccessKey(AccessKey key, Reason by) {}
