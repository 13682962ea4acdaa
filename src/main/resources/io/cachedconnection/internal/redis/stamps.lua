-- The stamps of an entry's tags. From KEYS[4] on, where they are on the same server: the fence of all tags, then for each tag the
-- key of its stamp and its fence. A stamp that is missing, or is none, gets the bytes of `fresh`; each lives for `life`
-- milliseconds at least, and is seldom given more, for that tells near caches of a change.

local function stamp_of(tag, fresh, life)
  local stamp = redis.pcall('GET', tag)
  local is_stamp = type(stamp) == 'string' and #stamp == 8
  if not fresh then
    return is_stamp and stamp or nil
  end
  if not is_stamp then
    redis.call('SET', tag, fresh, 'PX', string.format('%.0f', 2 * life))
  elseif redis.call('PTTL', tag) < tonumber(life) then
    redis.call('PEXPIRE', tag, string.format('%.0f', 2 * life))
  end
  return is_stamp and stamp or fresh
end

-- All of them, one after the other; nothing if one is missing and there is no fresh one.
local function stamps_of_tags(fresh, life)
  local all = ''
  for i = 5, #KEYS, 2 do
    local stamp = stamp_of(KEYS[i], fresh, life)
    if not stamp then
      return nil
    end
    all = all .. stamp
  end
  return all
end

-- Whether an entry has room for stamps and carries just these.
local function carries(value, stamps)
  return string.sub(value, 4, 4 + #stamps) == string.char(#stamps / 8) .. stamps
end

local function has_stamps(value)
  return string.sub(value, 1, 2) == '\204\2'
end

