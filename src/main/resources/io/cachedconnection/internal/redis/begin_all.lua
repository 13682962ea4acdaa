-- KEYS[2] is the fence of a cache. ARGV[2] the write.
announce(KEYS[2], ARGV[2])
return 1
