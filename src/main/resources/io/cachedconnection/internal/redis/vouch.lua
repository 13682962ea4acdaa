-- KEYS[4] tells which servers are trusted with a cache. ARGV[2] the server, from which all has been removed that may be old,
-- ARGV[3] 'EVICTED' if anything may have been: that counts as an eviction of all now. ARGV[4] how many servers are remembered.

local servers = KEYS[4]
redis.call('HDEL', servers, 'claim ' .. ARGV[2])
if ARGV[3] == 'EVICTED' then
  stamp(KEYS[2])
end
redis.call('HSET', servers, ARGV[2], text(at))
local all = redis.call('HGETALL', servers)
local known = {}
for i = 1, #all, 2 do
  known[#known + 1] = { name = all[i], at = tonumber(string.match(all[i + 1], '%d+$')) or 0 }
end
table.sort(known, function(a, b)
  return a.at < b.at
end)
for i = 1, #known - tonumber(ARGV[4]) do
  redis.call('HDEL', servers, known[i].name)
end
return 'YES'
