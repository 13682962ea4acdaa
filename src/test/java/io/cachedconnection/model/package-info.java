/**
 * The model: every order in which a few readers and writers, crashes and the clock can take the steps of the protocol,
 * tried on the real steps. See {@code docs/internals/consistency-model.md}.
 */
package io.cachedconnection.model;
