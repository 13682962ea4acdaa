/**
 * The history test: nodes look up and write a few hot rows while the world around them breaks, and afterwards a checker
 * reads what each lookup saw.
 */
@NullMarked
package io.cachedconnection.history;

import org.jspecify.annotations.NullMarked;
