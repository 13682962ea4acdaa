-- ARGV as of the end.
if ARGV[3] == 'COMMITTED' then
  redis.call('DEL', KEYS[1])
  if is_plain_without('w:' .. ARGV[2], 'lease') then
    redis.call('HSET', KEYS[2], 'evicted', string.format('%.0f', moment_of_step))
    if lives(fence_memory) then
      return 'YES'
    end
  end
end

