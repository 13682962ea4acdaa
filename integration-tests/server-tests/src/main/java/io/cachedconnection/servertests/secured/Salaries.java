package io.cachedconnection.servertests.secured;

/** Lookups that only an administrator may do. */
interface Salaries {

    String salary(String name);
}
