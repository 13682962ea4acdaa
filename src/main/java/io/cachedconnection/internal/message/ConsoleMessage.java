package io.cachedconnection.internal.message;

/** Messages of the console; ids CC-0450 to CC-0459. */
public enum ConsoleMessage implements Message {
    LOOPBACK_ONLY(
            "CC-0450 The console is on at %s/cached-connection/, and no role is set, so it answers callers on this machine"
                    + " only. For others set console.role."),
    ACTION("CC-0451 Console, %s: %s (%s)."),
    NOT_FROM_HERE(
            "CC-0452 Without console.role the console answers only callers on the same machine, without a proxy in between, at"
                    + " localhost. Set cached-connection.console.role to the name of a role."),
    NOT_IN_ROLE(
            "CC-0453 You are not in the role that cached-connection.console.role names. See docs/how-to/console.md for how your server"
                    + " maps users to roles."),
    NOT_REGISTERED("CC-0454 The console is switched on, but the application already serves %s/cached-connection/*, so"
            + " there is no console."),
    FOR_ROLE("CC-0455 The console is on at %s/cached-connection/, for users in the role %s."),
    FAILED("CC-0456 The console could not answer a request (%s).");

    private final String entry;

    ConsoleMessage(String entry) {
        this.entry = entry;
    }

    @Override
    public String entry() {
        return entry;
    }
}
