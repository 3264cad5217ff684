/*
 * Generated from the OpenAPI document "Golden", version 1.
 * Do not edit: change the document or the templates beside it, and build again.
 */

package golden.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What the document says of the operation behind a method. Interceptors find it on the method of Retrofit's
 * <code>Invocation</code>, with which Retrofit tags each request; shrinkers rename methods, but not this name.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Operation {
  /** The operationId. */
  String name();

  /** Whether the call may be sent again when it is not known if it was carried out: x-repeatable, true by default. */
  boolean repeatable() default true;
}
