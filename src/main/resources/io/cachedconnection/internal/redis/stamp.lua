-- KEYS[1] is the key of a tag's stamp, KEYS[2] its fence. ARGV[2] settle, ARGV[3] how long the stamp lives at least, in milliseconds,
-- ARGV[4] a new stamp. Replies with a verdict, and the stamp unless an entry may not be filled for this tag.
local tag = look(KEYS[2])
local settle = tonumber(ARGV[2])
if tag.writers > 0 then
  return { 'FENCED' }
end
if settle > 0 and at - math.max(tag.evicted, begun()) <= settle then
  return { 'OLD' }
end
return { 'PRESENT', stamp_of(KEYS[1], ARGV[4], ARGV[3]) }
