-- Whole lives of reports: submitted, disposed, answered, confirmed, read. The body of each answer says
-- whose it is and what comes next.
local common = dofile("bench/common.lua")
local threads = {}

function setup(thread) threads[#threads + 1] = thread end

function init()
  common.shuffle()
  completed, refused = 0, 0
  pins, waiting, first, last = {}, {}, 1, 0
  admin, office = "Bearer " .. common.setting("BENCH_ADMIN_TOKEN"), "Bearer " .. common.setting("BENCH_OFFICE_TOKEN")
  target = common.setting("BENCH_OFFICE")
end

local function later(step, code)
  last = last + 1
  waiting[last] = { step, code }
end

local function post(path, body, headers)
  headers["Content-Type"] = "application/json"
  headers["Idempotency-Key"] = common.key()
  headers["X-Forwarded-For"] = common.address()
  return wrk.format("POST", path, headers, body)
end

local steps = {
  dispose = function(code)
    return post("/api/v1/desk/reports/" .. code .. "/disposition", '{"to":' .. target .. ',"note":"Mohon ditindaklanjuti."}',
      { ["Authorization"] = admin })
  end,
  answer = function(code)
    return post("/api/v1/desk/reports/" .. code .. "/answer",
      '{"kind":"explained","text":"Petugas sudah memeriksa lokasi; perbaikan masuk dalam jadwal rutin minggu ini."}',
      { ["Authorization"] = office })
  end,
  confirm = function(code)
    return post("/api/v1/reports/" .. code .. "/confirmation", '{"rating":5,"text":"Terima kasih."}', { ["X-Report-Pin"] = pins[code] })
  end,
  read = function(code)
    pins[code] = nil
    return wrk.format("GET", "/api/v1/reports/" .. code, { ["X-Forwarded-For"] = common.address() })
  end,
}

function request()
  if first <= last then
    local step, code = waiting[first][1], waiting[first][2]
    waiting[first] = nil
    first = first + 1
    return steps[step](code)
  end
  return post("/api/v1/reports", common.report(), {})
end

local AFTER = { disposed = "answer", answered = "confirm", closed_confirmed = "read" }

function response(status, _, body)
  local code = body:match('"code":"(%d+)"')
  if status == 201 then
    pins[code] = body:match('"pin":"(%d+)"')
    later("dispose", code)
  elseif status ~= 200 then
    refused = refused + 1
    if os.getenv("BENCH_DEBUG") then io.stderr:write(status, " ", body, "\n") end
  elseif body:find('"timeline":', 1, true) then
    completed = completed + 1
  else
    later(AFTER[body:match('"stage":"([%w_]+)"')], code)
  end
end

function done(summary, latency)
  local thread = threads[1]
  common.tell(summary, latency, { completed = thread:get("completed"), refused = thread:get("refused") })
end
