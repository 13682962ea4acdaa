-- ARGV[2] the write.
redis.call('DEL', KEYS[1])
redis.call('HDEL', KEYS[2], 'lease')
announce(KEYS[2], ARGV[2])
return 'YES'
