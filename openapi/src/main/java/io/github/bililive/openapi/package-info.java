/**
 * Generators for OpenAPI Generator: {@code retrofit2-moshi} makes a client of any document, {@code
 * bililive-refusals} the table of refusals of bililive's own SDK.
 */
package io.github.bililive.openapi;
