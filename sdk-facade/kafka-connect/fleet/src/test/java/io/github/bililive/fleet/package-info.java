@NullMarked
package io.github.bililive.fleet;

import org.jspecify.annotations.NullMarked;
