package io.thingward.model;

import java.util.List;

/**
 * Renders a {@link DeviceSet} into something else, usually a condition of a query language: {@link
 * DeviceSet#accept} calls either {@link #everything}, or {@link #nothing}, or {@link #anyOf} once
 * for each selector and then {@link #allOf} with what came out.
 *
 * <p>The workspace is no part of a set: whoever renders adds that condition, also to everything.
 * All comparisons are exact: case-sensitive, without wildcards, no trailing space ignored.
 *
 * @param <T> what a set is rendered into
 */
public interface DeviceSetVisitor<T> {
  /** Every device of the workspace. */
  T everything();

  /** No device; never an empty condition, which most query languages take for every row. */
  T nothing();

  /**
   * The devices of which any id is the id, or any tag is of one of these kinds. The lists are
   * sorted and immutable, and at least one is not empty.
   *
   * @param ids the id of the device is one of these
   * @param tags {@code key=value}: the device has one of these tags; both halves are of one tag
   * @param keys {@code key=*}: the device has a tag with one of these keys
   * @param values {@code *=value}: the device has a tag with one of these values
   */
  T anyOf(List<DeviceId> ids, List<Tag> tags, List<String> keys, List<String> values);

  /** The devices that match every one of these selectors, of which there is at least one. */
  T allOf(List<T> selectors);
}
