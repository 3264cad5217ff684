/** Tests of the sandbox, from outside: through HTTP, with a signer of their own. */
@NullMarked
package io.github.bililive.sandboxtest;

import org.jspecify.annotations.NullMarked;
