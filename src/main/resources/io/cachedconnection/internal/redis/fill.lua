-- ARGV[2] token, ARGV[3] value, ARGV[4] its life in milliseconds. An eviction takes the lease away, so a load that began
-- before it has none any more, and what it read is not stored. Nor is it if one of its tags has another stamp by now.
if not is_held() then
  return 'NO'
end
local stamps = stamps_of_tags()
local is_current = #KEYS == 3 or not has_stamps(ARGV[3]) or (stamps and carries(ARGV[3], stamps))
if is_current then
  redis.call('SET', KEYS[1], ARGV[3], 'PX', ARGV[4])
end
redis.call('HDEL', KEYS[2], 'lease')
return is_current and 'YES' or 'NO'
