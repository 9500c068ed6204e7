package io.thingward.filter.sql;

/**
 * Which devices are in which workspace: rows of the device table, or of a table of claims. In every
 * query its alias is m.
 *
 * @param device the column with the device's id
 */
record Members(String table, String workspace, String device) {
  /** The id of a row. */
  String id() {
    return "m." + device;
  }
}
