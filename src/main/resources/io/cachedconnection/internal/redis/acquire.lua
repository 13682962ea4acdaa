-- ARGV[2] token, ARGV[3] settle, ARGV[4] the lease's length. Replies with a verdict, and the value if it is there.

-- When this Redis began, or a little later, for it tells whole seconds only. What it knew before it has forgotten, evictions
-- included, so for whoever may look at an older state of the database everything was evicted then.
local function begun()
  local info = redis.pcall('INFO', 'server')
  local uptime = type(info) == 'string' and string.match(info, 'uptime_in_seconds:(%d+)') or 0
  return at - (tonumber(uptime) - 1) * 1000000
end

local value = redis.call('GET', KEYS[1])
if value then
  return { 'PRESENT', value }
end
local own, all = look(KEYS[2]), look(KEYS[3])
if own.writers + all.writers > 0 then
  return { 'FENCED' }
end
local settle = tonumber(ARGV[3])
if settle > 0 and at - math.max(own.evicted, all.evicted) <= settle then
  return { 'OLD' }
end
if own.token and own.token ~= ARGV[2] and own.deadline > at then
  return { 'BUSY' }
end
if settle > 0 and at - begun() <= settle then
  return { 'OLD' }
end
redis.call('HSET', KEYS[2], 'lease', ARGV[2] .. ' ' .. text(at + tonumber(ARGV[4])))
keep(KEYS[2])
return { 'LEASED' }
