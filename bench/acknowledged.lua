-- Looks up every acknowledged report with its number and PIN, and counts those that are not found.
local common = dofile("bench/common.lua")
local threads = {}

function setup(thread) threads[#threads + 1] = thread end

function init()
  common.shuffle()
  receipts, asked, found = common.lines(common.setting("BENCH_ACKNOWLEDGED")), 0, 0
  total, missing, seen = #receipts, #receipts, {}
end

function request()
  asked = asked + 1
  local code, pin = receipts[(asked - 1) % total + 1]:match("(%d+) (%d+)")
  return wrk.format("GET", "/api/v1/reports/" .. code, { ["X-Report-Pin"] = pin, ["X-Forwarded-For"] = common.address() })
end

function response(status, _, body)
  local code = status == 200 and body:match('"code":"(%d+)"')
  if code and not seen[code] then
    seen[code] = true
    found = found + 1
    missing = total - found
  end
  if missing == 0 or asked > 2 * total + 64 then wrk.thread:stop() end
end

function done(summary, latency)
  local thread = threads[1]
  common.tell(summary, latency, { found = thread:get("found"), missing = thread:get("missing"), total = thread:get("total") })
end
