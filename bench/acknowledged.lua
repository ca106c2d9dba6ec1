-- Looks up every acknowledged report with its number and PIN, once, and counts those that are missing.
local common = dofile("bench/common.lua")
local threads = {}

function setup(thread) threads[#threads + 1] = thread end

function init()
  common.shuffle()
  receipts, asked, found, missing = common.lines(common.setting("BENCH_ACKNOWLEDGED")), 0, 0, 0
  total = #receipts
end

function request()
  asked = asked + 1
  local receipt = receipts[(asked - 1) % total + 1]
  local code, pin = receipt:match("(%d+) (%d+)")
  return wrk.format("GET", "/api/v1/reports/" .. code, { ["X-Report-Pin"] = pin, ["X-Forwarded-For"] = common.address() })
end

function response(status)
  if found + missing < total then
    if status == 200 then found = found + 1 else missing = missing + 1 end
  end
  if found + missing >= total then wrk.thread:stop() end
end

function done(summary, latency)
  local thread = threads[1]
  common.tell(summary, latency, { found = thread:get("found"), missing = thread:get("missing"), total = thread:get("total") })
end
