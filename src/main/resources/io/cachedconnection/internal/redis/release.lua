-- ARGV[2] token.
if look(KEYS[2]).token ~= ARGV[2] then
  return 'NO'
end
redis.call('HDEL', KEYS[2], 'lease')
return 'YES'
