@NullMarked
package io.github.bililive.kafka;

import org.jspecify.annotations.NullMarked;
