@interface Cacheable {
    String[] cacheNames();

    String key();

    String unless();
}

@interface CacheEvict {
    String[] cacheNames();

    String key();
}

record Book(String isbn, String title) {}
