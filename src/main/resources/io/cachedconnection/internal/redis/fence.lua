-- What all steps of the protocol have in common; it stands before each of them. See docs/consistency.md.
-- KEYS[1] is a value, KEYS[2] its fence, KEYS[3] the fence of its cache. ARGV[1] is max-transaction-age.
-- They reply in words, for one bit would make a 1 of a 0.
-- Times are microseconds of the clock of Redis, never of a node. Numbers up to 2^53 are exact.

local function microseconds()
  local time = redis.call('TIME')
  return tonumber(time[1]) * 1000000 + tonumber(time[2])
end

local at = microseconds()
local longest_transaction = tonumber(ARGV[1])

local function text(number)
  return string.format('%.0f', number)
end

-- The moment that a field of a fence is about: a deadline, or the time of an eviction.
local function moment(name, value)
  return tonumber(string.match(value, name == 'lease' and ' (%d+)$' or '^%d+') or 0)
end

-- What a fence says. A writer past its deadline has died, and may have committed: it counts as an eviction then.
local function look(fence)
  local state = { writers = 0, evicted = 0 }
  local dead = {}
  local fields = redis.call('HGETALL', fence)
  for i = 1, #fields, 2 do
    local name, value = fields[i], fields[i + 1]
    local time = moment(name, value)
    if name == 'lease' then
      state.token, state.deadline = string.match(value, '^%S+'), time
    elseif name == 'evicted' then
      state.evicted = math.max(state.evicted, time)
    elseif time > at then
      state.writers = state.writers + 1
    else
      state.evicted = math.max(state.evicted, time)
      dead[#dead + 1] = name
    end
  end
  -- In this order: a fence that is empty in between loses its life time, and then stays for ever.
  if #dead > 0 then
    redis.call('HSET', fence, 'evicted', text(state.evicted))
    for _, name in ipairs(dead) do -- one by one, for Lua passes some 8,000 arguments at most
      redis.call('HDEL', fence, name)
    end
  end
  return state
end

-- Lets a fence live until nothing in it matters: the last moment in it, and the longest transaction after that.
local function keep(fence)
  local last = at
  local fields = redis.call('HGETALL', fence)
  for i = 1, #fields, 2 do
    last = math.max(last, moment(fields[i], fields[i + 1]))
  end
  redis.call('PEXPIRE', fence, text(math.ceil((last + longest_transaction - at) / 1000) + 1))
end

-- Who puts something else in the place of a fence destroys what it knew: that counts as an eviction.
for i = 2, 3 do
  local type = redis.call('TYPE', KEYS[i]).ok
  if type ~= 'hash' and type ~= 'none' then
    redis.call('DEL', KEYS[i])
    redis.call('HSET', KEYS[i], 'evicted', text(at))
    keep(KEYS[i])
  end
end

-- When a write was announced first; nothing if it is not.
local function announced(fence, write)
  local said = redis.call('HGET', fence, 'w:' .. write)
  return said and tonumber(string.match(said, ' (%d+)$'))
end

-- A second announcement may be a late copy of the first: the write has begun then, whatever came since.
local function announce(fence, write)
  local since = announced(fence, write) or at
  redis.call('HSET', fence, 'w:' .. write, text(at + longest_transaction) .. ' ' .. text(since))
  keep(fence)
end

local function stamp(fence)
  redis.call('HSET', fence, 'evicted', text(math.max(at, look(fence).evicted)))
  keep(fence)
end

-- When this Redis began, or a little later, for it tells whole seconds only. What it knew before it has forgotten, evictions
-- included, so for whoever may look at an older state of the database everything was evicted then.
local function begun()
  local info = redis.pcall('INFO', 'server')
  local uptime = type(info) == 'string' and string.match(info, 'uptime_in_seconds:(%d+)') or 0
  return at - (tonumber(uptime) - 1) * 1000000
end

local function lease(fence, token, length)
  redis.call('HSET', fence, 'lease', token .. ' ' .. text(at + tonumber(length)))
  keep(fence)
end
