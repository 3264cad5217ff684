/** A program that checks each step on the way to a live room. */
@NullMarked
package io.github.bililive.doctor;

import org.jspecify.annotations.NullMarked;
