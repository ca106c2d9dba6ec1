-- What every kind of load shares: made-up reports, random addresses, and figures at the end.
--
-- The scripts run inside `wrk` with one thread; their settings come in the environment. No text in them
-- is about a real person or case.

local common = {}

local PLACES = { "pasar pagi", "simpang tiga", "gang melati", "jembatan lama", "terminal", "puskesmas", "sekolah dasar",
  "tepi sungai", "lapangan desa", "kantor kelurahan" }
local TROUBLES = { "lampu jalan padam", "jalan berlubang dan tergenang", "sampah menumpuk", "air bersih tidak mengalir",
  "saluran tersumbat", "antrean terlalu lama", "pohon tumbang menutup jalan", "pungutan tanpa kuitansi" }
local WISHES = { "mohon segera ditangani", "warga sudah menunggu lama", "kami khawatir ada yang celaka",
  "mohon kejelasan jadwalnya", "anak sekolah lewat setiap hari", "petugas belum pernah datang" }
local REGIONS = { "63.72", "63.71", "64.02", "31.74", "33.74", "35.78", "12.71", "73.71", "61.71", "51.71", "32.73", "36.71" }

local function pick(list)
  return list[math.random(#list)]
end

--- Starts the dice; each run of the tool is another.
function common.shuffle()
  local seed = os.time()
  local noise = io.open("/dev/urandom", "rb")
  if noise then
    for byte in noise:read(4):gmatch(".") do seed = (seed * 256 + byte:byte()) % 2147483647 end
    noise:close()
  end
  math.randomseed(seed)
end

--- A key that no other submission has.
function common.key()
  return string.format("%08x%08x%08x", math.random(0, 2147483647), math.random(0, 2147483647), math.random(0, 2147483647))
end

--- An address, as a proxy would name it: attempts are limited for each.
function common.address()
  return string.format("10.%d.%d.%d", math.random(0, 255), math.random(0, 255), math.random(1, 254))
end

--- A report of about 600 bytes of JSON.
function common.report()
  local trouble, place = pick(TROUBLES), pick(PLACES)
  local said = {}
  for _ = 1, 4 do
    said[#said + 1] = string.format("Di dekat %s, %s sejak %d hari lalu; %s.", pick(PLACES), pick(TROUBLES), math.random(2, 90), pick(WISHES))
  end
  return string.format('{"class":"complaint","title":"%s di %s","body":"%s","region":"%s","place":"Dekat %s","happened_on":"2026-01-%02d","name":"Contoh %d","phone":"08120%07d"}',
    trouble, place, table.concat(said, " "), pick(REGIONS), place, math.random(1, 28), math.random(1, 99999), math.random(0, 9999999))
end

--- Lines of a file.
function common.lines(path)
  local lines = {}
  for line in io.lines(path) do lines[#lines + 1] = line end
  return lines
end

--- A setting from the environment.
function common.setting(name)
  return assert(os.getenv(name), name .. " is not set")
end

--- Prints one line of figures as JSON; `counts` are the script's own.
function common.tell(summary, latency, counts)
  local own = {}
  for name, n in pairs(counts or {}) do own[#own + 1] = string.format('"%s":%d', name, n) end
  local errors = summary.errors
  io.write(string.format(
    '\nFIGURES {"seconds":%.3f,"requests":%d,"p50":%.3f,"p95":%.3f,"p99":%.3f,"max":%.3f,"refused":%d,"broken":%d,"counts":{%s}}\n',
    summary.duration / 1e6, summary.requests, latency:percentile(50) / 1e3, latency:percentile(95) / 1e3,
    latency:percentile(99) / 1e3, latency.max / 1e3, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout, table.concat(own, ",")))
end

return common
