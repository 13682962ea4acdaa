@interface CacheResult {
    String cacheName();
}

@interface CacheInvalidate {
    String cacheName();
}

record Book(long id, String title) {}
