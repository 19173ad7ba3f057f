package dev.remora.jinja.builtin;

import dev.remora.jinja.value.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The methods of each type of value. */
final class Methods {
  static final Map<String, Builtin> OF_STRING = ofString();

  private Methods() {}

  private static Map<String, Builtin> ofString() {
    Map<String, Builtin> methods = new HashMap<>(CharacterMethods.ALL);
    methods.putAll(SplittingMethods.ALL);
    methods.putAll(SearchingMethods.ALL);
    methods.putAll(FillingMethods.ALL);
    methods.putAll(FormattingMethods.ALL);
    methods.putAll(StringMethods.ALL);
    methods.replaceAll((name, method) -> method.then(StringMethods::marked));
    return methods;
  }

  /** The method of a name that templates may call; null if there is none. */
  static @Nullable Builtin named(Value value, String name) {
    return switch (value.kind()) {
      case STRING -> OF_STRING.get(name);
      case LIST -> SequenceMethods.OF_LIST.get(name);
      case TUPLE, RANGE -> SequenceMethods.ALL.get(name);
      case DICT -> DictMethods.ALL.get(name);
      default -> null;
    };
  }

  /** Whether the type has a method of this name that would change the value. */
  static boolean isChanging(Value value, String name) {
    Set<String> changing =
        switch (value.kind()) {
          case LIST -> SequenceMethods.CHANGING;
          case DICT -> DictMethods.CHANGING;
          default -> Set.of();
        };
    return changing.contains(name);
  }
}
