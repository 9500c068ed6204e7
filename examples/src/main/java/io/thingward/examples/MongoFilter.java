package io.thingward.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thingward.access.DeviceFilter;
import io.thingward.model.DeviceId;
import io.thingward.model.DeviceSetVisitor;
import io.thingward.model.Tag;
import java.util.List;

/**
 * A device filter as a query of MongoDB, for documents like {@code {"workspace": "acme", "id":
 * "t1", "tags": [{"key": "site", "value": "paris"}]}}. No id and no tag ever becomes the name of a
 * field or of an operator, so there is nothing to escape.
 */
public final class MongoFilter implements DeviceSetVisitor<ObjectNode> {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private MongoFilter() {}

  /** The query. */
  public static ObjectNode render(DeviceFilter filter) {
    ObjectNode inWorkspace = is("workspace", JSON.textNode(filter.workspace().value()));
    return op("$and", array(List.of(inWorkspace, filter.set().accept(new MongoFilter()))));
  }

  @Override
  public ObjectNode everything() {
    return JSON.objectNode();
  }

  @Override
  public ObjectNode nothing() {
    return is("id", op("$in", JSON.arrayNode()));
  }

  @Override
  public ObjectNode anyOf(
      List<DeviceId> ids, List<Tag> tags, List<String> keys, List<String> values) {
    ArrayNode any = JSON.arrayNode();
    any.add(is("id", op("$in", texts(ids.stream().map(DeviceId::value).toList()))));
    any.add(is("tags.key", op("$in", texts(keys))));
    any.add(is("tags.value", op("$in", texts(values))));
    for (Tag tag : tags) { // both halves of one tag
      ObjectNode both = JSON.objectNode().put("key", tag.key()).put("value", tag.value());
      any.add(is("tags", op("$elemMatch", both)));
    }
    return op("$or", any);
  }

  @Override
  public ObjectNode allOf(List<ObjectNode> selectors) {
    return op("$and", array(selectors));
  }

  private static ObjectNode is(String field, JsonNode condition) {
    return JSON.objectNode().set(field, condition);
  }

  private static ObjectNode op(String operator, JsonNode operand) {
    return JSON.objectNode().set(operator, operand);
  }

  private static ArrayNode array(List<ObjectNode> nodes) {
    return JSON.arrayNode().addAll(nodes);
  }

  private static ArrayNode texts(List<String> texts) {
    ArrayNode array = JSON.arrayNode();
    texts.forEach(array::add);
    return array;
  }
}
