/** The SDK at work, against the platform or a sandbox: a program to run, and to read. */
@NullMarked
package io.github.bililive.quickstart;

import org.jspecify.annotations.NullMarked;
