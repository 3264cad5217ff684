package io.github.bililive.openapi;

import io.github.bililive.openapi.source.UnsupportedDocumentException;
import java.util.Arrays;
import java.util.List;
import java.util.ListIterator;
import org.openapitools.codegen.CodegenModel;
import org.openapitools.codegen.CodegenProperty;

/**
 * Properties that a schema declares although the one that it extends has them. Java allows one type
 * for both, which is that of the extended: if it does not hold what the extending schema says,
 * nothing is generated.
 */
final class Inheritance {
  private Inheritance() {}

  /** Takes what is declared twice out of the extending model. Its parent has been through this. */
  static void reconcile(CodegenModel model) {
    for (CodegenProperty inherited : model.parentModel.allVars) {
      for (CodegenProperty own : model.vars) {
        if (own.baseName.equals(inherited.baseName) && !holds(inherited, own)) {
          throw new UnsupportedDocumentException(
              String.format(
                  "Not supported: the schema %s gives its property \"%s\" the type %s, while %s, which it"
                      + " extends, gives it the type %s. Give both one type, or the extended none.",
                  model.schemaName,
                  own.baseName,
                  own.dataType,
                  model.parentModel.schemaName,
                  inherited.dataType));
        }
      }
      model.vars.removeIf(own -> own.baseName.equals(inherited.baseName));
      lists(model).forEach(list -> replace(list, inherited));
    }
    model.hasVars = !model.vars.isEmpty();
  }

  private static List<List<CodegenProperty>> lists(CodegenModel model) {
    return Arrays.asList(model.allVars, model.requiredVars, model.optionalVars);
  }

  private static void replace(List<CodegenProperty> properties, CodegenProperty inherited) {
    for (ListIterator<CodegenProperty> each = properties.listIterator(); each.hasNext(); ) {
      if (each.next().baseName.equals(inherited.baseName)) {
        CodegenProperty copy = inherited.clone();
        copy.isInherited = true;
        each.set(copy);
      }
    }
  }

  /** Whether every value of the one is a value of the other, as far as a class of ours can tell. */
  private static boolean holds(CodegenProperty wide, CodegenProperty narrow) {
    return wide.dataType.equals(narrow.dataType)
        || isAny(wide)
        || isAny(narrow)
        || (wide.isFreeFormObject && !narrow.isArray && !narrow.isPrimitiveType)
        || (wide.isNumber && narrow.isNumeric)
        || (isText(wide) && isText(narrow));
  }

  private static boolean isAny(CodegenProperty property) {
    return property.isAnyType && !property.isModel;
  }

  private static boolean isText(CodegenProperty property) {
    return property.isEnumRef ? !property.isNumeric : property.isString;
  }
}
