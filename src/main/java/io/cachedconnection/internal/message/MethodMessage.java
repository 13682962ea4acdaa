package io.cachedconnection.internal.message;

/** What is wrong with an annotated method; ids CC-01nn. */
public enum MethodMessage implements Message {
    RETURNS_VOID("CC-0101 %s returns void, so there is nothing to cache. Remove @CachedConnection from it."),
    PRIVATE_METHOD("CC-0102 %s is private, and CDI does not intercept private methods. Make it public."),
    STATIC_METHOD("CC-0103 %s is static, and CDI does not intercept static methods. Make it an instance method."),
    FINAL_METHOD("CC-0104 %s is final, and CDI cannot intercept final methods. Remove final from it."),
    MALFORMED_TEMPLATE("CC-0105 %s: the template \"%s\" is malformed: %s."),
    UNKNOWN_PARAMETER("CC-0106 %s: its template names {%s}, but there is no such parameter. There is: %s."),
    INDEX_OUT_OF_RANGE("CC-0107 %s: its template names {%s}, but it has %s parameter(s), counted from 0."),
    UNKNOWN_PROPERTY(
            "CC-0108 %s: its template names the property %s, but %s has no record component, public getter, public"
                    + " field or public method of that name. Correct the template."),
    NAMES_NOT_COMPILED(
            "CC-0109 %s: its template names {%s}, but its class was compiled without parameter names. Compile it with"
                    + " -parameters, or count: {0}."),
    NO_TEXT("CC-0110 %s: %s is of type %s, which cannot be part of a key, for it has no text that tells all its values"
            + " apart. Name what matters of it, as in key = \"%s\"; if nothing does, mark the parameter with"
            + " @NotInKey."),
    NO_KEY("CC-0111 %s has no parameters to make a key of. Give it one, as in key = \"all\"."),
    KEY_TWICE("CC-0112 %s has @CacheKey on a parameter and a key template as well. Remove one of the two."),
    MALFORMED_TTL("CC-0113 %s: its ttl \"%s\" is %s. Correct it, or remove it to use the configured TTL."),
    TTL_OUT_OF_RANGE("CC-0114 %s: its ttl \"%s\" is not between one millisecond and 3650 days. Correct it."),
    CACHE_NAME(
            "CC-0115 %s: \"%s\" is no name for a cache. Use 1 to 64 letters, digits, '-' and '_' of ASCII, a letter or"
                    + " digit first."),
    CACHE_NAME_RESERVED("CC-0116 %s: the cache name \"%s\" is reserved, because its keys would run into those of %s."
            + " Choose another."),
    RETURNS_LATER(
            "CC-0117 %s returns %s, a value that comes later, which cannot be cached yet. Cache a method that returns the"
                    + " value itself."),
    RETURNS_ONCE("CC-0118 %s returns %s, which can be read only once. Return a List, a String or a byte[] instead."),
    RETURNS_UNKNOWN(
            "CC-0119 %s returns %s, which does not say what to read back from Redis. Declare the type in full, without"
                    + " type variables, wildcards, raw types and Object."),
    OPTIONAL_OF_OPTIONAL("CC-0120 %s returns an Optional of an Optional. Return a single Optional."),
    NOT_REPEATED(
            "CC-0121 %s has @CachedConnection only on %s, where CDI does not see it. Repeat the annotation on the bean."),
    DIFFERENT_TYPES(
            "CC-0122 %s keeps %s in cache %s, but %s keeps %s there: each would read the other's entries. Give one of them"
                    + " a cache of its own."),
    SHARED_ENTRIES(
            "CC-0123 %s can have the same keys in cache %s as %s, so the entry of one would answer a call of the other."
                    + " Give it a cache of its own, or begin its key with a word. If they all ask the same question, say"
                    + " sharesEntries = true on each of them."),
    UNREADABLE_PROPERTY(
            "CC-0124 %s: its key needs %s of %s, which Java does not let this library read. Open its package to this"
                    + " library's module, or choose another key."),
    WRITE_NOT_REPEATED(
            "CC-0125 %s has @EvictConnection or @PutConnection only on %s, where CDI does not see it. Repeat the"
                    + " annotation on the bean."),
    WRITE_ON_CLASS("CC-0126 %s has @EvictConnection or @PutConnection on the class. Put it on the methods that write."),
    ALL_AND_KEY("CC-0127 %s has an @EvictConnection with all = true and a key as well. Remove one of the two."),
    LOOKUP_AND_WRITE(
            "CC-0128 %s has @CachedConnection and @EvictConnection or @PutConnection as well: a hit would skip the write."
                    + " Make two methods of it."),
    UNKNOWN_CACHE(
            "CC-0129 %s is a write of cache %s, but no method looks anything up there. Correct the name; there is: %s."),
    OTHER_KEY(
            "CC-0130 %s is a write of the key %s in cache %s, but lookups there have another: %s. Make the key as they"
                    + " make it, of parts with the same types."),
    OTHER_RESULT(
            "CC-0131 %s puts %s into cache %s, which keeps %s (%s). Return that type, or use @EvictConnection instead."),
    PUTS_NOTHING("CC-0132 %s returns void, so there is nothing to put. Use @EvictConnection instead."),
    RESULT_TWICE(
            "CC-0133 %s has a parameter named result, but its key means what the method returns. Rename the parameter."),
    WRITES_LATER(
            "CC-0134 %s returns %s, and %s may do its work later, after the eviction. Annotate a method that has written"
                    + " when it returns, and returns nothing or a value: a record or class of the application, or a"
                    + " collection of these."),
    NO_TEXT_OF_KEY_TYPE(
            "CC-0135 %s: keys of type %s have no unambiguous text. Use a UUID, a whole number, a text, an enum, a date or"
                    + " time, or a list or record of these."),
    NO_VALUE_TYPE(
            "CC-0136 %s: values of type %s cannot be kept. Give the type in full; no Optional, void, stream or value that"
                    + " comes later."),
    OTHER_VALUE_TYPE("CC-0137 %s: the cache keeps %s, not %s. Give that type, or use another cache."),
    OTHER_THAN_WHAT_IS_KEPT(
            "CC-0138 %s keeps %s in cache %s, whose entries are otherwise taken for %s. If that is not meant, name another"
                    + " cache."),
    OVERLOOKED(
            "CC-0139 %s has @%s, which has an annotation of this library but is no interceptor binding, so CDI does not"
                    + " look at it. Put @InterceptorBinding on @%s."),
    DIFFERENT_ANNOTATIONS("CC-0140 %s has annotations that bring %s with different members along. Keep one of them."),
    MARKS_DISAGREE(
            "CC-0141 %s implements methods that mark different parameters with @CacheKey. Mark its own parameters."),
    BLANK_TAG(
            "CC-0147 %s has a tag without a text. Give it one, as in tags = \"customer:{customerId}\", or remove it."),
    TAG_TWICE("CC-0148 %s has the tag \"%s\" twice in one annotation. Remove one of them."),
    TOO_MANY_TAGS("CC-0149 %s has %s tags, but an entry has room for %s. Remove some, or evict some by their keys."),
    NO_ROOM_FOR_TAGS("CC-0150 %s has tags, but cache %s keeps bare JSON, which has no room for them. Set"
            + " cached-connection.cache.%s.wire=ENVELOPE, or remove the tags."),
    TAGS_IN_CLEAR(
            "CC-0151 %s has tags, and cache %s has private keys, but tags belong to no cache and would stand in Redis in"
                    + " clear. Set cached-connection.key-privacy.enabled=true for all caches, or remove the tags."),
    NO_SUCH_TAG(
            "CC-0152 %s evicts the tag %s, but no lookup and no put has such a tag. There is: %s. Correct the text, or evict"
                    + " by program what only programs tag."),
    OTHER_TAG(
            "CC-0153 %s evicts the tag %s, but lookups and puts make it of parts with other types: %s. Make the tag as they"
                    + " make it."),
    TAG_NEVER_EVICTED("CC-0154 %s has the tag %s, but no annotation evicts such a tag, so only a program can, by"
            + " ConnectionCaches.evictTags. If none does, remove the tag: it makes each lookup longer."),
    NOT_INTERCEPTED(
            "CC-0145 %s makes a %s, which has @CachedConnection, @EvictConnection or @PutConnection, but CDI does not"
                    + " intercept what a producer makes. Make a bean of that class, or make it with an"
                    + " InterceptionFactory."),
    IN_A_NEW_TRANSACTION(
            "CC-0146 %s is of a session bean, and the server begins a transaction for it before it asks the cache, so it"
                    + " would never be cached. Give it @TransactionAttribute(SUPPORTS) or NOT_SUPPORTED."),
    UNUSED_PARAMETER(
            "CC-0160 %s: its parameter %s is not in its key, so what one call returned would answer calls with another"
                    + " argument. Add it to the key, or mark it with @NotInKey if the result does not depend on it."),
    AROUND_INVOKE(
            "CC-0161 %s is intercepted by %s of its own class, which CDI calls after all interceptors, so a hit would skip"
                    + " it. Move that method to an interceptor with a binding; a lookup is then cached inside it."),
    INTERCEPTED_BEHIND(
            "CC-0162 %s is intercepted by %s, which CDI calls after the cache, so a hit would skip it. Give the"
                    + " interceptor a @Priority below Integer.MAX_VALUE instead of enabling it in beans.xml."),
    DECORATED(
            "CC-0163 %s is decorated by %s, which CDI calls after the cache, so a hit would skip it. Turn the decorator"
                    + " into an interceptor, or annotate a method that the decorated one calls on another bean."),
    KNOWS_ITS_CALLER(
            "CC-0164 %s looks up values and can tell who calls it (%s). If a value depends on that, make the user, tenant"
                    + " or session part of its key: else it is returned to other callers."),
    ADOPTED("CC-0165 %s implements a method of an interface that only a subclass has, with other types, and not every"
            + " container intercepts calls through that interface. Override it in the subclass and repeat the"
            + " annotation."),
    MAY_RETURN_LATER(
            "CC-0166 %s returns %s, and %s may do its work later: it is no value of Java, and an interface or abstract"
                    + " class that is not of the application. Return a record or class of the application, or a collection"
                    + " of these."),
    SUSPENDED(
            "CC-0167 %s is a suspend function of Kotlin, which may do its work after it has returned. Annotate a function"
                    + " that is not suspended."),
    OTHER_KEY_TYPE(
            "CC-0168 %s: keys of type %s can read like those of %s, which has %s, and would mean something else. Give keys"
                    + " of the same type, or use another cache."),
    RETURNS_ENTITY(
            "CC-0170 %s returns %s, with JPA entities: %s. A hit would be detached, so that a change in a transaction"
                    + " would be saved after a miss and lost after a hit. Return a record, or set"
                    + " cached-connection.cache.%s.entities=DETACHED."),
    ENTITY_NOT_WHOLE(
            "CC-0171 %s returns %s, and entities=DETACHED is set for cache %s, but a copy cannot be whole: %s. A merge of"
                    + " the copy would erase in the database what it lacks. Return a record."),
    ENTITY_IN_OWN_TRANSACTION(
            "CC-0172 %s returns %s, with JPA entities, and entities=DETACHED is set for cache %s. Other interceptors"
                    + " surround it, so the cache is asked inside the transaction of its own @Transactional, and would"
                    + " never be used. Give it @Transactional(SUPPORTS) or none, or return a record."),
    NO_KEY_OF_ENTITY(
            "CC-0177 %s is an entity with an @EvictConnection that has no key. Make one of its attributes, as in key ="
                    + " \"{id}\", or say all = true."),
    NO_LISTENER("CC-0178 %s is an entity with @EvictConnection, but no listener that evicts. Add"
            + " @EntityListeners(EvictingEntityListener.class) to it, unless an orm.xml names that for all"
            + " entities.");

    private final String entry;

    MethodMessage(String entry) {
        this.entry = entry;
    }

    @Override
    public String entry() {
        return entry;
    }
}
