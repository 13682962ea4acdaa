-- What fill and release have in common; the rest of a fence says nothing to them. KEYS and ARGV[1] as of the other steps, ARGV[2]
-- is a token. Whatever is no lease, or of a moment that no node can have meant, is nobody's.

local function is_held()
  local lease = redis.pcall('HGET', KEYS[2], 'lease')
  local token, deadline = string.match(type(lease) == 'string' and lease or '', '^(%S+) (%d+)$')
  local time = redis.call('TIME')
  return token == ARGV[2] and tonumber(deadline) <= (time[1] + 3600) * 1000000 + time[2]
end

