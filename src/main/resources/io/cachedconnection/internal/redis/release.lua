-- ARGV[2] token.
if look(KEYS[2]).token ~= ARGV[2] then
  return 0
end
redis.call('HDEL', KEYS[2], 'lease')
return 1
