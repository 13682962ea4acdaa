package io.cachedconnection.internal.tls;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

/** All that is wrong with some files, where {@link Material} ends at the first. Each file is looked at by itself. */
final class Refusals {

    private final TlsFiles files;
    private final List<TlsException> found = new ArrayList<>();

    Refusals(TlsFiles files) {
        this.files = files;
    }

    /** Something that may refuse a file. */
    @FunctionalInterface
    private interface Check {
        void run() throws TlsException, GeneralSecurityException;
    }

    List<TlsException> all() {
        for (TlsPart part : TlsPart.values()) { // always in the same order, for whoever reads them
            if (files.has(part)) {
                note(() -> check(part));
            }
        }
        if (isGood(TlsPart.CERTIFICATE) && isGood(TlsPart.KEY)) {
            note(() -> Identity.of(files.file(TlsPart.CERTIFICATE), files.file(TlsPart.KEY)));
        }
        return List.copyOf(found);
    }

    private boolean isGood(TlsPart part) {
        return files.has(part) && found.stream().noneMatch(refusal -> refusal.part() == part);
    }

    private void check(TlsPart part) throws TlsException, GeneralSecurityException {
        TlsFile file = files.file(part);
        switch (part) {
            case CA, CERTIFICATE -> file.certificates();
            case KEY -> Identity.key(file);
            case TRUST_STORE -> Trust.of(file, files.password(part));
            case KEY_STORE -> Identity.of(file, files.password(part));
        }
    }

    private void note(Check check) {
        try {
            check.run();
        } catch (TlsException e) {
            found.add(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has what this takes.", e);
        }
    }
}
