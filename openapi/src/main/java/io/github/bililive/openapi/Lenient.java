package io.github.bililive.openapi;

import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.openapitools.codegen.CodegenModel;

/**
 * Which schemas are read leniently: what says {@code x-lenient: true}, or all by the option {@code
 * lenient} but those that say false. Of schemas that extend one another all are if one is.
 */
final class Lenient {
  /** The generator's option, and what a schema says, with this in front. */
  static final String OPTION = "lenient";

  private static final String EXTENSION = "x-" + OPTION;

  private Lenient() {}

  /** Writes into each model whether it is. */
  static void mark(Collection<CodegenModel> models, boolean byDefault) {
    Set<CodegenModel> roots = Collections.newSetFromMap(new IdentityHashMap<>());
    for (CodegenModel model : models) {
      Object said = model.vendorExtensions.get(EXTENSION);
      if (said == null ? byDefault : Boolean.parseBoolean(said.toString())) {
        roots.add(root(model));
      }
    }
    for (CodegenModel model : models) {
      model.vendorExtensions.put(EXTENSION, roots.contains(root(model)));
    }
  }

  private static CodegenModel root(CodegenModel model) {
    return model.parentModel == null ? model : root(model.parentModel);
  }

  /** Whether a model that has been marked is read leniently. */
  static boolean is(CodegenModel model) {
    return Boolean.TRUE.equals(model.vendorExtensions.get(EXTENSION));
  }

  /** Whether a model has a map of what has no getter. */
  static boolean hasAdditional(CodegenModel model) {
    return is(model) || model.getAdditionalProperties() != null;
  }
}
