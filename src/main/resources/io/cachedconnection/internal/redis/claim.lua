-- KEYS[4] tells which servers are trusted with a cache. ARGV[2] the server, ARGV[3] who wants to remove from it what may be old,
-- ARGV[4] for how long nobody else is to, ARGV[5] ANEW if what is noted of this server does not count, FIRST if it may be noted at
-- once where no other one is. Replies whether it is trusted, or claimed by another one, or by this one: then NEW says that no
-- server was ever trusted with this cache.

local servers, claim = KEYS[4], 'claim ' .. ARGV[2]
local kind = redis.call('TYPE', servers).ok
local spoilt = kind ~= 'hash' and kind ~= 'none'
if spoilt then
  redis.call('DEL', servers)
elseif ARGV[5] == 'ANEW' then
  redis.call('HDEL', servers, ARGV[2])
end
if spoilt or ARGV[5] == 'ANEW' then
  redis.call('HSET', servers, 'removal', text(at)) -- so that it is not taken for new meanwhile
end
if redis.call('HGET', servers, ARGV[2]) then
  return 'TRUSTED'
end
local new = true
local all = redis.call('HGETALL', servers)
for i = 1, #all, 2 do
  new = new and string.sub(all[i], 1, 6) == 'claim '
end
if new and ARGV[5] == 'FIRST' then
  redis.call('HDEL', servers, claim)
  redis.call('HSET', servers, ARGV[2], text(at))
  return 'TRUSTED'
end
local token, deadline = string.match(redis.call('HGET', servers, claim) or '', '^(%S+) (%d+)$')
if token and token ~= ARGV[3] and tonumber(deadline) > at and tonumber(deadline) <= at + tonumber(ARGV[4]) then
  return 'BUSY'
end
-- A Redis that is full lets a script write whose first write only deletes.
redis.call('HDEL', servers, claim)
redis.call('HSET', servers, claim, ARGV[3] .. ' ' .. text(at + tonumber(ARGV[4])))
return new and 'NEW' or 'KNOWN'
