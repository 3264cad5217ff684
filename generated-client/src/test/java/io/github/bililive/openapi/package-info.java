/**
 * What the templates need of OpenAPI Generator and a template cannot say: names that are told
 * apart, text that is escaped, and defaults of every type. Shipped as a jar of its own, with the
 * classifier {@code generator}.
 */
package io.github.bililive.openapi;
