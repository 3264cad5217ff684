package io.github.bililive.openapi;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.openapitools.codegen.CodegenModel;

/** The names of an enum's constants. */
final class EnumConstants {
  /** Under which extension a property has its default as the document has it. */
  static final String DEFAULT = "x-default";

  final String classname;
  final String dataType;
  private final Set<String> unambiguous = new HashSet<>();

  /**
   * Gives each constant a name of its own. The generator does so, too, but may hit upon a name that
   * is taken.
   */
  @SuppressWarnings("unchecked") // A list of maps, as the generator makes it.
  EnumConstants(CodegenModel model) {
    this.classname = model.classname;
    this.dataType = model.dataType;
    List<Map<String, Object>> constants =
        (List<Map<String, Object>>) model.allowableValues.get("enumVars");
    Set<String> taken = new HashSet<>(Collections.singleton("ADAPTER"));
    boolean ambiguous = false;
    for (Map<String, Object> constant : constants) {
      String name = (String) constant.get("name");
      String free = name;
      for (int number = 2; !taken.add(free); number++) {
        free = name + "_" + number;
      }
      constant.put("name", free);
      this.unambiguous.add(this.classname + "." + free);
      ambiguous |= !free.equals(name) || name.matches(".*\\d");
    }
    if (ambiguous) {
      this.unambiguous.clear();
    }
  }

  /** Whether an expression of the generator's is surely the constant that it means. */
  boolean has(String expression) {
    return this.unambiguous.contains(expression);
  }
}
