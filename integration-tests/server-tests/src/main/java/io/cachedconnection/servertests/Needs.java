package io.cachedconnection.servertests;

/**
 * What tests need of a server or of its adapter. The module of a server that lacks one of these says so, in
 * {@code server.lacks}, and docs/reference/servers.md why.
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

    /** A way to log in that an application brings along by Jakarta Security, without a setting of the server. */
    static final String LOGINS_OF_APPLICATIONS = "logins-of-applications";

    /** An OpenTelemetry SDK that exports metrics of applications by OTLP over HTTP, if an application's settings say so. */
    static final String METRICS = "metrics";

    /** The same for traces. */
    static final String TRACES = "traces";

    /** MicroProfile Health, at the address that the system property {@code server.ready} tells. */
    static final String HEALTH = "health";

    private Needs() {}
}
