/** What has to hold on every server. Each server's own module runs these tests there. */
@NullMarked
package io.cachedconnection.servertests;

import org.jspecify.annotations.NullMarked;
