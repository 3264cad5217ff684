/*
 * Generated from the OpenAPI document "Golden", version 1.
 * Do not edit: change the document or the templates beside it, and build again.
 */

package golden.api;

import java.math.BigDecimal;
import java.util.Iterator;

/** Several values in one parameter, as the document separates them. Immutable. */
public abstract class Separated {
  private final String text;

  Separated(Iterable<?> values, String separator) {
    StringBuilder builder = new StringBuilder();
    for (Iterator<?> i = values.iterator(); i.hasNext(); ) {
      builder.append(plain(i.next())).append(i.hasNext() ? separator : "");
    }
    this.text = builder.toString();
  }

  /** Numbers have no exponent. */
  private static Object plain(Object value) {
    return value instanceof BigDecimal || value instanceof Double || value instanceof Float
        ? new BigDecimal(value.toString()).toPlainString()
        : value;
  }

  /** The values, separated. */
  @Override
  public final String toString() {
    return this.text;
  }

  /**
   * Separates by commas.
   *
   * @param values the values, each as its toString says; of numbers without an exponent
   * @return the parameter
   */
  public static Csv csv(Iterable<?> values) {
    return new Csv(values);
  }

  /**
   * Separates by spaces.
   *
   * @param values the values, each as its toString says; of numbers without an exponent
   * @return the parameter
   */
  public static Ssv ssv(Iterable<?> values) {
    return new Ssv(values);
  }

  /**
   * Separates by vertical bars.
   *
   * @param values the values, each as its toString says; of numbers without an exponent
   * @return the parameter
   */
  public static Pipes pipes(Iterable<?> values) {
    return new Pipes(values);
  }

  /** Separated by commas. */
  public static final class Csv extends Separated {
    Csv(Iterable<?> values) {
      super(values, ",");
    }
  }

  /** Separated by spaces. */
  public static final class Ssv extends Separated {
    Ssv(Iterable<?> values) {
      super(values, " ");
    }
  }

  /** Separated by vertical bars. */
  public static final class Pipes extends Separated {
    Pipes(Iterable<?> values) {
      super(values, "|");
    }
  }
}
