package io.thingward.lists;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thingward.access.Device;
import io.thingward.model.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What MongoDB makes of the few operators that the example uses, on documents in memory. */
final class Documents {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private Documents() {}

  static ObjectNode of(Device device) {
    ArrayNode tags = JSON.arrayNode();
    for (Tag tag : device.tags()) {
      tags.add(JSON.objectNode().put("key", tag.key()).put("value", tag.value()));
    }
    ObjectNode document = JSON.objectNode();
    document.put("workspace", device.workspace().value()).put("id", device.id().value());
    return document.set("tags", tags);
  }

  /** Whether a query matches a document; an operator that is not known is an error. */
  static boolean matches(JsonNode query, JsonNode document) {
    for (Map.Entry<String, JsonNode> part : query.properties()) {
      boolean matches =
          switch (part.getKey()) {
            case "$and" -> elements(part.getValue()).stream().allMatch(q -> matches(q, document));
            case "$or" -> elements(part.getValue()).stream().anyMatch(q -> matches(q, document));
            default -> isField(values(document, part.getKey()), part.getValue());
          };
      if (!matches) {
        return false;
      }
    }
    return true;
  }

  private static boolean isField(List<JsonNode> values, JsonNode condition) {
    if (!condition.isObject()) {
      return values.contains(condition);
    }
    Map.Entry<String, JsonNode> operator = condition.properties().iterator().next();
    return switch (operator.getKey()) {
      case "$in" -> values.stream().anyMatch(elements(operator.getValue())::contains);
      case "$elemMatch" -> values.stream().anyMatch(v -> matches(operator.getValue(), v));
      default -> throw new IllegalArgumentException(operator.getKey());
    };
  }

  /** The values of a path, each element of an array on its way a value of its own. */
  private static List<JsonNode> values(JsonNode document, String path) {
    if (path.startsWith("$")) {
      throw new IllegalArgumentException(path);
    }
    List<JsonNode> values = List.of(document);
    for (String name : path.split("\\.", -1)) {
      List<JsonNode> next = new ArrayList<>();
      for (JsonNode value : values) {
        JsonNode field = value.path(name);
        if (field.isArray()) {
          next.addAll(elements(field));
        } else if (!field.isMissingNode()) {
          next.add(field);
        }
      }
      values = next;
    }
    return values;
  }

  private static List<JsonNode> elements(JsonNode array) {
    List<JsonNode> elements = new ArrayList<>();
    array.forEach(elements::add);
    return elements;
  }
}
