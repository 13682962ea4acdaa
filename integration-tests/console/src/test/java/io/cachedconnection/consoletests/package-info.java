/** The console in a servlet container, by HTTP and in a browser. */
package io.cachedconnection.consoletests;
