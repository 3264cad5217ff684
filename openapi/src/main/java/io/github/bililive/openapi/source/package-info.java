/**
 * Reads the document as it is written and rewrites what the parser or OpenAPI Generator would get
 * wrong, before either sees it.
 */
package io.github.bililive.openapi.source;
