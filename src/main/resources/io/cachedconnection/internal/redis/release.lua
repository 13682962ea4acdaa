-- ARGV[2] token.
if not is_held() then
  return 'NO'
end
redis.call('HDEL', KEYS[2], 'lease')
return 'YES'
