-- ARGV[2] token, ARGV[3] value, ARGV[4] its life in milliseconds. An eviction takes the lease away, so a load that began
-- before it has none any more, and what it read is not stored.
if not is_held() then
  return 'NO'
end
redis.call('SET', KEYS[1], ARGV[3], 'PX', ARGV[4])
redis.call('HDEL', KEYS[2], 'lease')
return 'YES'
