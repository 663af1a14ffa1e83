import { isDeepStrictEqual } from "node:util"

import { kernelFrom } from "../../src/kernel"
import { openIncident } from "../../src/modules/masspay/queries/incidents"
import type { AdminHealthResponse } from "../../src/types/http-health"
import type { AdminIncidentListResponse } from "../../src/types/http-incidents"
import type { AdminOverviewResponse } from "../../src/types/http-overview"
import type { HostSuite } from "./support/host"
import { runJob, until } from "./support/plugin"

export const alarms: HostSuite = ({
  getContainer,
  admin,
  program,
  http,
  sandbox,
}) => {
  const asked = () =>
    sandbox()
      .control.journal()
      .entries.filter(({ kind }) => kind === "request").length
  const health = async () => {
    const { status, data } = await http.get("/masspay/health", {
      validateStatus: () => true,
    })
    return { status, data }
  }
  const isSaid = (answer: object, status: string) =>
    isDeepStrictEqual(answer, { status: 200, data: { status } })

  it("says one word of its health to anybody, and asks MassPay nothing", async () => {
    const { books } = await kernelFrom(getContainer())
    const before = asked()
    await until("it is well", async () => isSaid(await health(), "ok"))

    await books.rows(
      `insert into masspay_control (key, value) values ('dispatch_stop',
           '{"stopped": true, "reason": "a secret reason", "actor": "user_1", "invariant": null, "at": "2026-03-02T10:00:00Z"}')
         on conflict (key) do update set value = excluded.value`
    )
    // An answer is kept for two seconds.
    await until("it is not", async () => isSaid(await health(), "degraded"))
    expect(asked()).toBe(before)

    const { get, refusal } = await admin()
    const { health: details } = await get<AdminHealthResponse>("health")
    expect(details).toMatchObject({
      status: "degraded",
      reasons: ["dispatch_stopped"],
      dispatch: { stopped: true, reason: "a secret reason" },
    })
    for (const path of ["health", "overview", "incidents"]) {
      expect((await refusal(path, {})).status).toBe(401)
    }
    expect((await refusal("health?details=1")).status).toBe(400)
  })

  it("shows the overview, with the jobs that ran", async () => {
    await runJob(getContainer(), "masspay-watch")
    const { get } = await admin()

    const { overview } = await get<AdminOverviewResponse>("overview")
    expect(overview).toMatchObject({
      environment: "sandbox",
      needs_attention: [],
      circuit: { state: "closed" },
      dispatch: { stopped: false },
    })
    const watch = overview.jobs.find(({ name }) => name === "masspay-watch")
    expect(watch?.last_run_at).toEqual(expect.any(String))
  })

  it("lists what was alarmed about, and notes who looks after it", async () => {
    const { books } = await kernelFrom(getContainer())
    const { get, post, refusal } = await admin()
    const { id } = await openIncident(books, {
      kind: "discrepancy",
      cause_key: "discrepancy:D11:1",
      subject_type: "discrepancy",
      subject_id: "msdis_1",
      detail: { class: "D11" },
    })

    const list = (query = "") =>
      get<AdminIncidentListResponse>(`incidents${query}`)
    expect(await list("?state=open&kind=discrepancy&limit=1")).toMatchObject({
      ...{ count: 1, limit: 1, offset: 0 },
      incidents: [{ id, page: "docs/runbook/discrepancy.md" }],
    })
    expect((await list("?is_acknowledged=true")).count).toBe(0)
    expect(await refusal("incidents?kind=nothing")).toMatchObject({
      status: 400,
      message: expect.stringContaining("payout_parked") as unknown,
    })
    expect(await refusal("incidents?color=red")).toMatchObject({
      status: 400,
    })

    const body = { request_id: "ack-1", reason: "I ask MassPay" }
    const path = `incidents/${id}/acknowledge`
    expect(await post(path, { request_id: "ack-1" })).toMatchObject({
      status: 400,
    })
    expect(await (await program()).post(path, body)).toMatchObject({
      status: 400,
    })
    expect(await post("incidents/msinc_0/acknowledge", body)).toMatchObject({
      status: 404,
    })
    expect(await post(path, body)).toMatchObject({ status: 200 })
    expect(await post(path, body)).toMatchObject({ status: 200 })
    expect((await list("?is_acknowledged=true")).incidents).toMatchObject([
      { id, acknowledge_note: "I ask MassPay" },
    ])
  })

  it("opens an alarm in the watch job, and tells of it by its page", async () => {
    const { books } = await kernelFrom(getContainer())
    await books.rows(
      `insert into masspay_control (key, value) values ('circuit', jsonb_build_object(
           'state', 'open', 'reason', 'failures', 'probe_at', 0,
           'opened_at', masspay_now() - interval '11 minutes'))
         on conflict (key) do update set value = excluded.value`
    )
    await runJob(getContainer(), "masspay-watch")
    await runJob(getContainer(), "masspay-watch")

    const { get } = await admin()
    expect(await get("incidents?state=open")).toMatchObject({
      count: 1,
      incidents: [{ kind: "circuit_open", reminders: 0 }],
    })
    expect(await get("notifications?kind=incident_opened")).toMatchObject({
      count: expect.any(Number) as unknown,
    })
  })
}
