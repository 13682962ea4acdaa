-- ARGV as of the announcement.
redis.call('DEL', KEYS[1])
if is_plain_without('lease') then
  local deadline = moment_of_step + longest_write
  redis.call('HSET', KEYS[2], 'w:' .. ARGV[2], string.format('%.0f %.0f', deadline, moment_of_step))
  if lives(longest_write + fence_memory) then
    return 'YES'
  end
end

