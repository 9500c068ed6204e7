package io.thingward.examples;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * What this platform starts with, as {@code fleet.json} has it. The format is private to the
 * examples. It holds no secret: whoever needs one gets it when the program runs.
 *
 * @param users the people
 * @param sharedRoles roles that every workspace may assign
 * @param workspaces the workspaces with all that is in them
 */
record FleetFile(List<User> users, List<Role> sharedRoles, List<Workspace> workspaces) {

  record User(String id, String username) {}

  record Role(
      String id,
      String name,
      List<String> permissions,
      List<String> onAllDevices,
      List<String> onAssignedDevices) {}

  record Workspace(
      String id,
      String name,
      List<String> owners,
      List<Role> roles,
      List<Member> members,
      List<ApiUser> apiUsers,
      List<AccessKey> accessKeys,
      List<Device> devices) {}

  record Member(String user, Rights rights) {}

  record ApiUser(String name, Rights rights) {}

  record Rights(List<String> permissions, List<Assignment> roles, List<Grant> grants) {}

  /** A role on devices, in the text form of a device scope: {@code site=paris}, {@code *}. */
  record Assignment(String role, String devices) {}

  record Grant(String devices, List<String> permissions) {}

  record AccessKey(String name, String devices) {}

  /** A device with its tags, each written {@code key=value}. */
  record Device(String id, List<String> tags) {}

  /** Reads strictly: what is unknown, missing, null, twice there or of another type is an error. */
  static FleetFile read(InputStream json) throws IOException {
    return JsonMapper.builder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .enable(
            DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
            DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
            DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
            DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
        .withCoercionConfig(
            LogicalType.Textual,
            text ->
                text.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail))
        .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
        .build()
        .readValue(json, FleetFile.class);
  }
}
