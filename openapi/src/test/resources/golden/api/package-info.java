/*
 * Generated from the OpenAPI document "Golden", version 1.
 * Do not edit: change the document or the templates beside it, and build again.
 */

/** The calls of Golden, as Retrofit interfaces. */
@NullMarked
package golden.api;

import org.jspecify.annotations.NullMarked;
