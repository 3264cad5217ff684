package io.github.bililive.openapi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.openapitools.codegen.CodegenProperty;

/**
 * The Java names of one class's properties. Where two would share a field, a getter, a setter or a
 * constant, the later in the document gets the first number behind its name that is free, from 2
 * on.
 */
final class PropertyNames {
  private final Set<String> taken = new HashSet<>();
  private final Map<String, Integer> numbers = new HashMap<>();

  PropertyNames(boolean additional) {
    taken.add("ADAPTER");
    if (additional) {
      taken.addAll(Arrays.asList("additionalProperties", "getAdditionalProperties()"));
    }
  }

  /** Starts with the names of the class that is extended. */
  PropertyNames(PropertyNames inherited) {
    taken.addAll(inherited.taken);
    numbers.putAll(inherited.numbers);
  }

  /**
   * Makes sure that a property has a name of its own; one of the same name in JSON keeps the name
   * that it got.
   */
  void take(CodegenProperty property) {
    if (numbers.containsKey(property.baseName)) {
      return;
    }
    int number = 1;
    while (!free(members(property, number))) {
      number++;
    }
    taken.addAll(members(property, number));
    numbers.put(property.baseName, number);
  }

  /** Writes the names into a property as the templates see it. */
  void apply(CodegenProperty property) {
    String number = suffix(numbers.getOrDefault(property.baseName, 1));
    property.name += number;
    property.nameInCamelCase += number;
    property.nameInPascalCase += number;
    property.nameInSnakeCase += number;
    property.getter += number;
    property.setter += number;
  }

  private boolean free(Collection<String> members) {
    return members.stream().noneMatch(taken::contains);
  }

  private static List<String> members(CodegenProperty property, int number) {
    String suffix = suffix(number);
    List<String> members =
        new ArrayList<>(
            Arrays.asList(
                property.name + suffix,
                property.getter + suffix + "()",
                "DEFAULT_" + property.nameInSnakeCase + suffix));
    if (property.isNullable) {
      members.add("has" + property.nameInPascalCase + suffix + "()");
    }
    return members;
  }

  private static String suffix(int number) {
    return number == 1 ? "" : String.valueOf(number);
  }
}
