/** What the adapter of Payara Micro lacks. */
@NullMarked
package io.cachedconnection.payaramicro;

import org.jspecify.annotations.NullMarked;
