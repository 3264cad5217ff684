/** What the programs read from environment variables. */
@NullMarked
package io.github.bililive.environment;

import org.jspecify.annotations.NullMarked;
