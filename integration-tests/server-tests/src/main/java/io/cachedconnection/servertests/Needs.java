package io.cachedconnection.servertests;

/**
 * What tests need of a server or of its adapter. The module of a server that lacks one of these says so, in
 * {@code server.lacks}, and docs/servers.md why.
 */
final class Needs {

    /** Several applications at the same time. A tag: such a test is not run without. */
    static final String SEVERAL_APPLICATIONS = "several-applications";

    /** That it lets go of the class loaders of applications that were undeployed, even of those that have one servlet only. */
    static final String RELEASE_OF_CLASS_LOADERS = "release-of-class-loaders";

    /** Session beans, of Jakarta Enterprise Beans. */
    static final String SESSION_BEANS = "session-beans";

    /** That resources of Jakarta REST are beans though they have no scope; else nothing intercepts their methods. */
    static final String RESOURCES_WITHOUT_SCOPE = "resources-without-scope";

    /** EARs. A tag: such a test is not run without. */
    static final String ENTERPRISE_ARCHIVES = "enterprise-archives";

    /** That each WAR of an EAR gets an extension that it brings along. A tag. */
    static final String EXTENSIONS_OF_EACH_WAR = "extensions-of-each-war";

    /** That a thread on which a commit has failed may begin a {@code UserTransaction} later. A tag. */
    static final String USER_TRANSACTION_AFTER_FAILED_COMMIT = "user-transaction-after-failed-commit";

    private Needs() {}
}
