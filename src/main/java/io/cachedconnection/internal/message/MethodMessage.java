package io.cachedconnection.internal.message;

/** Messages about annotated methods; ids CC-01nn. */
public enum MethodMessage implements Message {
    RETURNS_VOID("CC-0101 %s returns void, so there is nothing to cache. Remove @CachedConnection from it."),
    PRIVATE_METHOD("CC-0102 %s is private, and CDI does not intercept private methods. Make it public."),
    STATIC_METHOD("CC-0103 %s is static, and CDI does not intercept static methods. Make it an instance method."),
    FINAL_METHOD("CC-0104 %s is final, and CDI cannot intercept final methods. Remove final from it."),
    MALFORMED_TEMPLATE("CC-0105 %s: the template \"%s\" is malformed: %s."),
    UNKNOWN_PARAMETER("CC-0106 %s: its template names {%s}, but there is no such parameter. Available: %s."),
    INDEX_OUT_OF_RANGE("CC-0107 %s: its template names {%s}, but it has %s parameter(s), counted from 0."),
    UNKNOWN_PROPERTY(
            "CC-0108 %s: its template names the property %s, but %s has no record component, public getter, public"
                    + " field or public method of that name. Correct the template."),
    NAMES_NOT_COMPILED(
            "CC-0109 %s: its template names {%s}, but its class was compiled without parameter names. Compile it"
                    + " with -parameters, or use an index: {0}."),
    NO_TEXT("CC-0110 %s: %s is of type %s, which cannot be part of a key, because it has no text that tells all"
            + " its values apart. Name the property that matters, as in key = \"%s\". If the result does not depend"
            + " on the parameter, mark it with @NotInKey."),
    NO_KEY("CC-0111 %s has no parameters to make a key of. Set a key, as in key = \"all\"."),
    KEY_TWICE("CC-0112 %s has both @CacheKey on a parameter and a key template. Remove one of them."),
    MALFORMED_TTL("CC-0113 %s: its ttl \"%s\" is %s. Correct it, or remove it to use the configured TTL."),
    TTL_OUT_OF_RANGE("CC-0114 %s: its ttl \"%s\" is not between one millisecond and 3650 days. Correct it."),
    CACHE_NAME("CC-0115 %s: \"%s\" is not a valid cache name. Use 1 to 64 ASCII letters, digits, '-' and '_'; begin"
            + " with a letter or digit."),
    CACHE_NAME_RESERVED(
            "CC-0116 %s: the cache name \"%s\" is reserved, because its keys would collide with those of %s."
                    + " Choose another."),
    RETURNS_LATER("CC-0117 %s returns %s, an asynchronous result, which cannot be cached. Cache a method that returns"
            + " the value itself."),
    RETURNS_ONCE("CC-0118 %s returns %s, which can be read only once. Return a List, a String or a byte[] instead."),
    RETURNS_UNKNOWN("CC-0119 %s returns %s, whose runtime type is unknown. Declare a concrete type, without type"
            + " variables, wildcards, raw types and Object."),
    OPTIONAL_OF_OPTIONAL("CC-0120 %s returns an Optional of an Optional. Return a single Optional."),
    NOT_REPEATED(
            "CC-0121 %s has @CachedConnection only on %s, where CDI does not see it. Repeat the annotation on the bean."),
    DIFFERENT_TYPES(
            "CC-0122 %s stores %s in cache %s, but %s stores %s there: each would read the other's entries. Give"
                    + " one of them a cache of its own."),
    SHARED_ENTRIES("CC-0123 %s can have the same keys in cache %s as %s, so the entry of one would answer a call of the"
            + " other. Give it a cache of its own, or begin its key with a word. If they all ask the same question,"
            + " set sharesEntries = true on each of them."),
    UNREADABLE_PROPERTY(
            "CC-0124 %s: its key needs %s of %s, which this library may not access. Open its package to this"
                    + " library's module, or choose another key."),
    WRITE_NOT_REPEATED(
            "CC-0125 %s has @EvictConnection or @PutConnection only on %s, where CDI does not see it. Repeat the"
                    + " annotation on the bean."),
    WRITE_ON_CLASS("CC-0126 %s has @EvictConnection or @PutConnection on the class. Put it on the methods that write."),
    ALL_AND_KEY("CC-0127 %s has an @EvictConnection with both all = true and a key. Remove one of them."),
    LOOKUP_AND_WRITE(
            "CC-0128 %s has both @CachedConnection and @EvictConnection or @PutConnection: a hit would skip the"
                    + " write. Split it into two methods."),
    UNKNOWN_CACHE("CC-0129 %s writes to cache %s, but no lookup uses that cache. Correct the name. Available: %s."),
    OTHER_KEY("CC-0130 %s writes the key %s in cache %s, but the lookups there have another: %s. Make the key of"
            + " parts with the same types."),
    OTHER_RESULT("CC-0131 %s puts %s into cache %s, which holds %s (%s). Return that type, or use @EvictConnection"
            + " instead."),
    PUTS_NOTHING("CC-0132 %s returns void, so there is nothing to put. Use @EvictConnection instead."),
    RESULT_TWICE("CC-0133 %s has a parameter named result, but {result} in its key is what the method returns. Rename"
            + " the parameter."),
    WRITES_LATER("CC-0134 %s returns %s, and %s may do its work later, after the eviction. Annotate a method that has"
            + " finished writing when it returns, and that returns nothing or a value: a record or class of the"
            + " application, or a collection of these."),
    NO_TEXT_OF_KEY_TYPE(
            "CC-0135 %s: keys of type %s have no unambiguous text. Use a UUID, a whole number, a text, an enum, a date or"
                    + " time, or a list or record of these."),
    NO_VALUE_TYPE("CC-0136 %s: values of type %s cannot be cached. Declare the type in full; Optional, void, streams"
            + " and asynchronous results are not allowed."),
    OTHER_VALUE_TYPE("CC-0137 %s: the cache holds %s, not %s. Use that type, or another cache."),
    OTHER_THAN_WHAT_IS_KEPT(
            "CC-0138 %s keeps %s in cache %s, whose entries are otherwise taken for %s. If that is not meant, name another"
                    + " cache."),
    OVERLOOKED("CC-0139 %s has @%s, which has an annotation of this library but is not an interceptor binding, so"
            + " CDI ignores it. Put @InterceptorBinding on @%s."),
    DIFFERENT_ANNOTATIONS("CC-0140 %s inherits %s from several annotations, with different members. Keep one of them."),
    MARKS_DISAGREE(
            "CC-0141 %s implements methods that mark different parameters with @CacheKey. Mark its own parameters."),
    BLANK_TAG("CC-0147 %s has a blank tag. Give it a text, as in tags = \"customer:{customerId}\", or remove it."),
    TAG_TWICE("CC-0148 %s has the tag \"%s\" twice in one annotation. Remove one of them."),
    TOO_MANY_TAGS("CC-0149 %s has %s tags, but an entry can have %s. Remove some, or evict some by their keys."),
    NO_ROOM_FOR_TAGS("CC-0150 %s has tags, but cache %s stores bare JSON, which cannot have tags. Set"
            + " cached-connection.cache.%s.wire=ENVELOPE, or remove the tags."),
    TAGS_IN_CLEAR("CC-0151 %s has tags, and cache %s has private keys, but tags belong to no cache and would be"
            + " readable in Redis. Set cached-connection.key-privacy.enabled=true for all caches, or remove the"
            + " tags."),
    NO_SUCH_TAG("CC-0152 %s evicts the tag %s, but no lookup and no put has such a tag. Available: %s. Correct the"
            + " text, or evict the tags of programmatic caches with ConnectionCaches.evictTags."),
    OTHER_TAG("CC-0153 %s evicts the tag %s, but lookups and puts make it of parts with other types: %s. Use parts"
            + " of the same types."),
    TAG_NEVER_EVICTED(
            "CC-0154 %s has the tag %s, but no annotation evicts such a tag; only ConnectionCaches.evictTags can."
                    + " If the application does not call it for this tag, remove the tag: it makes each lookup slower."),
    NOT_INTERCEPTED("CC-0145 %s produces a %s, which has @CachedConnection, @EvictConnection or @PutConnection, but CDI"
            + " does not intercept produced objects. Make a bean of that class, or create it with an"
            + " InterceptionFactory."),
    IN_A_NEW_TRANSACTION(
            "CC-0146 %s belongs to a session bean, and the server begins its transaction before it asks the"
                    + " cache, so it would never be cached. Annotate it with @TransactionAttribute(SUPPORTS) or"
                    + " NOT_SUPPORTED."),
    UNUSED_PARAMETER(
            "CC-0160 %s: its parameter %s is not in its key, so an entry would answer calls with other arguments."
                    + " Add it to the key, or mark it with @NotInKey if the result does not depend on it."),
    AROUND_INVOKE("CC-0161 %s is intercepted by %s of its own class, which CDI calls after all interceptors, so a hit"
            + " would skip it. Move that method to an interceptor with a binding; a lookup is then cached inside it."),
    INTERCEPTED_BEHIND(
            "CC-0162 %s is intercepted by %s, which CDI calls after the cache, so a hit would skip it. Give the"
                    + " interceptor a @Priority below Integer.MAX_VALUE instead of enabling it in beans.xml."),
    DECORATED(
            "CC-0163 %s is decorated by %s, which CDI calls after the cache, so a hit would skip it. Turn the decorator"
                    + " into an interceptor, or annotate a method that the decorated one calls on another bean."),
    KNOWS_ITS_CALLER(
            "CC-0164 %s is a lookup that can tell who calls it (%s). If the value depends on the caller, make the"
                    + " user, tenant or session part of its key; otherwise other callers get the value."),
    ADOPTED("CC-0165 %s implements an interface method for a subclass, with other types, and not every container"
            + " intercepts calls through that interface. Override it in the subclass and repeat the annotation."),
    MAY_RETURN_LATER("CC-0166 %s returns %s, and %s may do its work later: it is an interface or abstract class that"
            + " belongs neither to the application nor to the values of Java. Return a record or class of the"
            + " application, or a collection of these."),
    SUSPENDED("CC-0167 %s is a suspend function of Kotlin, which may do its work after it has returned. Annotate a"
            + " function without suspend."),
    OTHER_KEY_TYPE("CC-0168 %s: keys of type %s can have the same text as those of %s, which has %s, but mean something"
            + " else. Use keys of the same type, or another cache."),
    RETURNS_ENTITY("CC-0170 %s returns %s, with JPA entities: %s. A hit would be detached: a change in a transaction"
            + " would be saved after a miss and lost after a hit. Return a record, or set"
            + " cached-connection.cache.%s.entities=DETACHED."),
    ENTITY_NOT_WHOLE("CC-0171 %s returns %s, and entities=DETACHED is set for cache %s, but a copy would be incomplete:"
            + " %s. Merging the copy would erase the missing state in the database. Return a record."),
    ENTITY_IN_OWN_TRANSACTION(
            "CC-0172 %s returns %s, with JPA entities, and entities=DETACHED is set for cache %s. Because of its"
                    + " other interceptors, the cache runs inside the transaction of its own @Transactional and would never"
                    + " be used. Use @Transactional(SUPPORTS) or none, or return a record."),
    NO_KEY_OF_ENTITY(
            "CC-0177 %s is an entity with an @EvictConnection that has no key. Make a key of its attributes, as"
                    + " in key = \"{id}\", or set all = true."),
    NO_LISTENER("CC-0178 %s is an entity with @EvictConnection, but without a listener that evicts. Add"
            + " @EntityListeners(EvictingEntityListener.class), unless an orm.xml registers that listener for all"
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
