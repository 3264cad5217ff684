/*
 * Generated from the OpenAPI document "Golden", version 1.
 * Do not edit: change the document or the templates beside it, and build again.
 */

/** The models of Golden, immutable and with a Moshi adapter each. */
@NullMarked
package golden.model;

import org.jspecify.annotations.NullMarked;
