package io.github.bililive.openapi;

import org.openapitools.codegen.CodegenProperty;

/** What Javadoc says of a Java type, and why, where the type alone does not. */
final class Sentences {
  private Sentences() {}

  /** A paragraph on a property, or null if there is nothing to say. */
  static String ofProperty(CodegenProperty property) {
    StringBuilder paragraphs = new StringBuilder();
    if (property.isContainer && property.getUniqueItems()) {
      paragraphs.append(
          "A List although its elements are unique, since their order is part of the value.");
    }
    String held = held(property.isContainer ? property.mostInnerItems : property);
    if (held != null) {
      paragraphs
          .append(paragraphs.length() == 0 ? "" : " ")
          .append(property.isContainer ? "Each element is " : "It is ")
          .append(held);
    }
    return paragraphs.length() == 0 ? null : paragraphs.toString();
  }

  /** A sentence on a parameter that is a value or an array of values, or an empty text. */
  static String ofParameter(CodegenProperty parameter) {
    String held = held(parameter.isContainer ? parameter.mostInnerItems : parameter);
    return held == null ? "" : (parameter.isContainer ? " Each value is " : " It is ") + held;
  }

  /** What a value that is no array is in Java; a union has isAnyType, too. */
  private static String held(CodegenProperty value) {
    if (value == null || value.isEnumRef) {
      return null;
    }
    if (value.isDate) {
      return "an ISO 8601 date as text: Android 21 has no java.time.";
    } else if (value.isDateTime) {
      return "an ISO 8601 time as text: Android 21 has no java.time.";
    } else if (value.isUuid) {
      return "a UUID as text, letter for letter as it was sent.";
    } else if (value.isUri) {
      return "a URI as text, since java.net.URI does not take all that are sent.";
    } else if (value.isByteArray) {
      return "base64 as text: Android 21 has no java.util.Base64.";
    } else if (value.isBinary) {
      return "bytes as the text that they are in JSON.";
    } else if (value.isString) {
      return value.dataFormat == null || value.dataFormat.isBlank()
          ? null
          : "text of the format <code>"
              + JavadocEscaper.html(value.dataFormat)
              + "</code>, as it was sent.";
    } else if (value.vendorExtensions.containsKey("x-flag")) {
      return "0 or 1 in JSON.";
    } else if (value.isUnboundedInteger) {
      return "a long: a whole number without a format has no bounds.";
    } else if (value.isLong) {
      return "a long, as its format int64 says.";
    } else if (value.isInteger) {
      return "an int, as its format int32 says.";
    } else if (value.isFloat) {
      return "a float, as its format says.";
    } else if (value.isDouble) {
      return "a double, as its format says.";
    } else if (value.isNumber) {
      return "a BigDecimal, which keeps all digits: it has no format.";
    } else if (value.isFreeFormObject) {
      return "free JSON: a Map of String, Boolean, Long, BigDecimal, List, Map and null.";
    }
    return value.isAnyType && !value.isModel
        ? "free JSON: a String, Boolean, Long, BigDecimal, List, Map or null."
        : null;
  }
}
