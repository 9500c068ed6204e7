package io.thingward.model;

import static org.quicktheories.generators.SourceDSL.arbitrary;
import static org.quicktheories.generators.SourceDSL.lists;

import java.util.List;
import org.quicktheories.core.Gen;

/** Random selectors, tags and devices. */
final class Selectors {
  private Selectors() {}

  /** What a term must survive: every character that means something, and what looks like it. */
  private static final List<String> HOSTILE =
      List.of(
          "a",
          "B",
          "*",
          "-",
          "\"",
          ",",
          "=",
          "[",
          "]",
          " ",
          "'",
          "\\",
          "\u00A0",
          "\u3000",
          "\u200B",
          "\uFF1D",
          "\uFF0C",
          "\u0130",
          "\uD83D\uDE00",
          "%",
          "\u202E");

  /** So few that unrelated selectors often meet. */
  private static final List<String> FEW = List.of("a", "b");

  static Gen<String> hostileTexts() {
    return lists().of(arbitrary().pick(HOSTILE)).ofSizeBetween(1, 4).map(p -> String.join("", p));
  }

  static Gen<String> fewTexts() {
    return arbitrary().pick(FEW);
  }

  static Gen<Tag> tags(Gen<String> texts) {
    return texts.zip(texts, Tag::of);
  }

  static Gen<TagEntry> entries(Gen<String> texts) {
    Gen<TagEntry> half = texts.map(TagEntry::anyValue).mix(texts.map(TagEntry::anyKey));
    return texts.zip(texts, TagEntry::of).mix(half);
  }

  static Gen<DeviceSelector> selectors(Gen<String> texts) {
    Gen<DeviceSelector> one =
        texts
            .map(id -> DeviceSelector.builder().id(DeviceId.of(id)).build())
            .mix(entries(texts).map(entry -> DeviceSelector.builder().tag(entry).build()));
    return lists()
        .of(one)
        .ofSizeBetween(1, 5)
        .map(
            parts -> {
              DeviceSelector.Builder selector = DeviceSelector.builder();
              parts.forEach(selector::addAll);
              return selector.build();
            });
  }

  static Gen<DeviceScope> scopes(Gen<String> texts) {
    Gen<DeviceScope> fixed = arbitrary().pick(DeviceScope.none(), DeviceScope.all());
    return selectors(texts).map(DeviceScope::of).mix(fixed, 20);
  }

  static Gen<Device> devices(Gen<String> texts) {
    return texts.map(DeviceId::of).zip(lists().of(tags(texts)).ofSizeBetween(0, 3), Device::new);
  }

  record Device(DeviceId id, List<Tag> tags) {}
}
