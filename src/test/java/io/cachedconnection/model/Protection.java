package io.cachedconnection.model;

import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.LeaseResult;
import io.cachedconnection.internal.engine.store.LeaseResult.Verdict;
import io.cachedconnection.internal.engine.store.Outcome;
import io.cachedconnection.internal.engine.store.RemoteStore.LeaseRequest;
import io.cachedconnection.internal.engine.store.Stamps;
import io.cachedconnection.internal.engine.store.StoredEntry;
import io.cachedconnection.testing.MemoryStore;
import io.cachedconnection.testing.PartedStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What the protocol protects itself with, and a store that goes without. */
enum Protection {
    /** Nothing is missing. */
    WHOLE,
    /** Writes are not announced. */
    FENCE {
        @Override
        PartedStore without(PartedStore real, World world) {
            return new ForwardingStore(real) {
                @Override
                public void begin(EntryKey key, String write, long nanos) {}
            };
        }
    },
    /** Whoever has loaded may fill, unless a write is in flight. */
    TOKEN {
        @Override
        PartedStore without(PartedStore real, World world) {
            return new ForwardingStore(real) {
                @Override
                public boolean fill(EntryKey key, String token, StoredEntry storedEntry, long nanos) {
                    boolean held = real.fill(key, token, storedEntry, nanos);
                    return held || (retaken(key, token, nanos) && real.fill(key, token, storedEntry, nanos));
                }

                private boolean retaken(EntryKey key, String token, long nanos) {
                    LeaseRequest request =
                            new LeaseRequest(token, Duration.ZERO, Duration.ofNanos(1000), Duration.ofHours(1));
                    return real.acquire(key, request, nanos).verdict() == Verdict.LEASED;
                }
            };
        }
    },
    /** The lease is given to whoever asks. */
    LEASE {
        @Override
        PartedStore without(PartedStore real, World world) {
            return new ForwardingStore(real) {
                @Override
                public LeaseResult acquire(EntryKey key, LeaseRequest request, long nanos) {
                    LeaseResult grant = real.acquire(key, request, nanos);
                    return grant.verdict() == Verdict.BUSY ? LeaseResult.of(Verdict.LEASED) : grant;
                }
            };
        }
    },
    /** What was read from an old snapshot is filled, too. */
    SETTLE {
        @Override
        PartedStore without(PartedStore real, World world) {
            return new ForwardingStore(real) {
                @Override
                public LeaseResult acquire(EntryKey key, LeaseRequest request, long nanos) {
                    return real.acquire(
                            key,
                            new LeaseRequest(request.token(), Duration.ZERO, request.lease(), Duration.ofHours(1)),
                            nanos);
                }
            };
        }
    },
    /** Who gets a lease does not look at the clock: it may have stood still while it asked. */
    CLOCK_AFTER_LEASE {
        @Override
        PartedStore without(PartedStore real, World world) {
            return real; // the reader itself goes without
        }
    },
    /** A put looks back no further than its announcement. */
    SETTLE_OF_PUTS {
        @Override
        PartedStore without(PartedStore real, World world) {
            return new ForwardingStore(real) {
                @Override
                public boolean endWith(
                        EntryKey key, String write, Duration settle, StoredEntry storedEntry, long nanos) {
                    return real.endWith(key, write, Duration.ZERO, storedEntry, nanos);
                }
            };
        }
    },
    /** A put is stored when the transaction manager says that it is committed, which may be wrong, and not when the commit returns. */
    RETURN_OF_THE_COMMIT {
        @Override
        PartedStore without(PartedStore real, World world) {
            return real; // the writer itself goes without
        }
    },
    /** A write whose announcement has run out is forgotten, instead of counting as an eviction. */
    DEAD_WRITERS {
        @Override
        PartedStore without(PartedStore real, World world) {
            return new ForwardingStore(real) {
                @Override
                public LeaseResult acquire(EntryKey key, LeaseRequest request, long nanos) {
                    world.parties().forEach(party -> forget(party, key));
                    return real.acquire(key, request, nanos);
                }

                private void forget(Party party, EntryKey key) {
                    if (party instanceof Writing write && write.isOverdue(world)) {
                        real.end(key, party.name(), Outcome.ROLLED_BACK, Times.NANOS);
                        real.concludeAll(key.space(), party.name(), Outcome.ROLLED_BACK);
                    }
                }
            };
        }
    },
    /** The end of a write leaves its key alone. */
    END {
        @Override
        PartedStore without(PartedStore real, World world) {
            return new ForwardingStore(real) {
                @Override
                public void end(EntryKey key, String write, Outcome outcome, long nanos) {
                    real.end(key, write, Outcome.ROLLED_BACK, nanos);
                }
            };
        }
    },
    /** A write whose outcome nobody knows is ended, instead of letting its announcement run out. */
    OPEN_END {
        @Override
        PartedStore without(PartedStore real, World world) {
            return new ForwardingStore(real) {
                @Override
                public void begin(EntryKey key, String write, long nanos) {
                    boolean open = world.parties().stream()
                            .anyMatch(party ->
                                    party instanceof Writer w && w.name().equals(write) && w.isOpen());
                    if (open) {
                        real.end(key, write, Outcome.COMMITTED, nanos);
                    } else {
                        real.begin(key, write, nanos);
                    }
                }
            };
        }
    },
    /** A rollback that was not announced tells nobody. */
    ROLLBACK {
        @Override
        PartedStore without(PartedStore real, World world) {
            return END.without(real, world);
        }
    },
    /** An eviction of all removes the values before the leases. */
    ORDER_OF_PASSES {
        @Override
        PartedStore without(PartedStore real, World world) {
            return new ForwardingStore(real) {
                @Override
                public void dropLeases(KeySpace space) {
                    real.dropValues(space);
                }

                @Override
                public void dropValues(KeySpace space) {
                    real.dropLeases(space);
                }
            };
        }
    },
    /** What a fence says is believed, whatever it is. */
    CLIPPING {
        @Override
        PartedStore without(PartedStore real, World world) {
            return ((MemoryStore) real).believing();
        }
    },
    /** Another Redis than before is used at once. */
    TRUST,
    /** The leases that it brought back are left there. */
    LEASES_OF_BEFORE,
    /** The values that it brought back are left there. */
    VALUES_OF_BEFORE,
    /** A promoted one is trusted while other nodes still use the former master. */
    RIVALRY_PAUSE,
    /** That a promoted one may lack evictions does not count as an eviction of all. */
    STAMP_OF_PROMOTION,
    /** Writes are announced to a promoted one while other nodes still read from the former master. */
    ALONE,
    /** An entry is served whatever stamps it carries. */
    STAMPS {
        @Override
        PartedStore without(PartedStore real, World world) {
            return new ForwardingStore(real) {
                @Override
                public byte[] find(EntryKey key, long nanos) {
                    return real.find(key.space().key("1").equals(key) ? Times.KEY : key, nanos);
                }
            };
        }
    },
    /** What is filled gets the stamps of now, instead of those of its lease. */
    STAMPS_OF_THE_LEASE {
        @Override
        PartedStore without(PartedStore real, World world) {
            return new ForwardingStore(real) {
                @Override
                public boolean fill(EntryKey key, String token, StoredEntry storedEntry, long nanos) {
                    List<byte[]> now = new ArrayList<>();
                    key.tags().forEach(tag -> now.add(real.find(tag, nanos)));
                    Stamps stamps = Stamps.of(now);
                    return real.fill(key, token, stamps == null ? storedEntry : storedEntry.with(stamps), nanos);
                }
            };
        }
    },
    /** A write of a tag takes its stamp away, but is not announced. */
    FENCE_OF_TAG {
        @Override
        PartedStore without(PartedStore real, World world) {
            return new ForwardingStore(real) {
                @Override
                public void begin(EntryKey key, String write, long nanos) {
                    if (key.space().isOfTags()) {
                        real.remove(key, nanos);
                    } else {
                        real.begin(key, write, nanos);
                    }
                }
            };
        }
    },
    /** The begin of a write of a tag leaves its stamp alone. */
    STAMP_AT_BEGIN {
        @Override
        PartedStore without(PartedStore real, World world) {
            return new ForwardingStore(real) {
                @Override
                public void begin(EntryKey key, String write, long nanos) {
                    byte[] stamp = key.space().isOfTags() ? real.find(key, nanos) : null;
                    real.begin(key, write, nanos);
                    if (stamp != null) {
                        ((MemoryStore) real).plant(key, stamp);
                    }
                }
            };
        }
    },
    /** The end of a write of a tag leaves its stamp alone. */
    STAMP_AT_END {
        @Override
        PartedStore without(PartedStore real, World world) {
            return new ForwardingStore(real) {
                @Override
                public void end(EntryKey key, String write, Outcome outcome, long nanos) {
                    boolean isOfTag = key.space().isOfTags();
                    real.end(key, write, isOfTag ? Outcome.ROLLED_BACK : outcome, nanos);
                }
            };
        }
    },
    /** Only the last of its tags is looked at. */
    EACH_TAG {
        @Override
        PartedStore without(PartedStore real, World world) {
            return new ForwardingStore(real) {
                @Override
                public byte[] find(EntryKey key, long nanos) {
                    byte[] found = key.tags().isEmpty() ? null : real.find(Times.KEY, nanos);
                    if (found == null || found.length == 1) {
                        return real.find(key, nanos);
                    }
                    int last = Stamps.PLACE + 1 + Stamps.BYTES;
                    byte[] stamp = Arrays.copyOfRange(found, last, last + Stamps.BYTES);
                    return Arrays.equals(stamp, real.find(Times.TAG, nanos)) ? found : null;
                }
            };
        }
    },
    /** A stamp that is lost comes back as it was. */
    ANOTHER_STAMP {
        @Override
        PartedStore without(PartedStore real, World world) {
            return ((MemoryStore) real).stampingAlike();
        }
    },
    /** An eviction of all is not announced. */
    FENCE_OF_CACHE {
        @Override
        PartedStore without(PartedStore real, World world) {
            return new ForwardingStore(real) {
                @Override
                public void announceAll(KeySpace space, String write) {}

                @Override
                public void concludeAll(KeySpace space, String write, Outcome outcome) {}
            };
        }
    };

    /** A store like {@code real}, but for this; {@code real} itself where the parties look at what is missing. */
    PartedStore without(PartedStore real, World world) {
        return real;
    }
}
