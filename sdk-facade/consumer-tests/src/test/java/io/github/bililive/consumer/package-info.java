/** What those who depend on the SDK get: its jars, and a build of their own around it. */
@NullMarked
package io.github.bililive.consumer;

import org.jspecify.annotations.NullMarked;
