/**
 * The programs that a person runs, behind one command line: {@link io.github.bililive.tools.Main}.
 */
@NullMarked
package io.github.bililive.tools;

import org.jspecify.annotations.NullMarked;
