/** From an app's credentials to a broadcaster's stored tokens: a program to run, and to read. */
@NullMarked
package io.github.bililive.login;

import org.jspecify.annotations.NullMarked;
