/** An application whose users say who they are, for the tests of the console. */
package io.cachedconnection.servertests.console;
