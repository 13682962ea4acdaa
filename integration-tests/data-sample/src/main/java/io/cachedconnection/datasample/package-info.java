/**
 * A small application with a repository of Jakarta Data, whose methods are cached. It is not null-marked, because what a
 * processor generates into it is not written for that.
 */
package io.cachedconnection.datasample;
