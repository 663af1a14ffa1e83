import { kernelFrom } from "../../src/kernel"
import {
  noteHealed,
  openDiscrepancy,
} from "../../src/modules/masspay/queries/discrepancies"
import { stageTransactions } from "../../src/modules/masspay/queries/remote-transactions"
import { databaseNow } from "../../src/modules/masspay/queries/settlements"
import {
  masspayRecordFundingMovementWorkflow,
  masspayResolveDiscrepancyWorkflow,
  masspayStartReconciliationWorkflow,
} from "../../src/workflows"
import type { HostSuite } from "./support/host"
import { runJob } from "./support/plugin"

type Run = {
  id: string
  kind: string
  status: string
  problem: string | null
  actor: string
}
type Runs = { reconciliations: Run[]; count: number }
type Started = { reconciliation: Run; effect: string }
type Found = {
  discrepancies: { id: string; class: string; severity: string }[]
  count: number
}

export const reconciliation: HostSuite = ({
  getContainer,
  admin,
  http,
  shop,
}) => {
  const books = async () => (await kernelFrom(getContainer())).books
  const today = async () =>
    (await databaseNow(await books())).toISOString().slice(0, 10)

  it("an operator compares some days, sees how far it is, and takes the result along", async () => {
    const { get, post } = await admin()
    const day = await today()
    const body = {
      request_id: "month-end",
      reason: "the end of the month",
      from_date: day,
      to_date: day,
    }
    const started = await post("reconciliations", body)
    const { reconciliation, effect } = started.data as Started
    expect(reconciliation).toMatchObject({
      kind: "manual",
      status: "running",
      from_date: day,
      to_date: day,
      reason: "the end of the month",
      progress: { phase: "history", pages: 0 },
    })
    expect(reconciliation.actor).toMatch(/^user_/)
    expect(effect).toMatch(/nothing is sent/)
    // The same request again is the same run.
    const again = await post("reconciliations", body)
    expect((again.data as Started).reconciliation.id).toBe(reconciliation.id)
    expect(
      await post("reconciliations", { ...body, request_id: "other" })
    ).toMatchObject({
      status: 400,
      data: {
        message: expect.stringMatching(
          /one reconciliation at a time/
        ) as string,
      },
    })

    await runJob(getContainer(), "masspay-reconcile")
    const run = await get<{ reconciliation: Run }>(
      `reconciliations/${reconciliation.id}`
    )
    expect(run.reconciliation).toMatchObject({
      status: "complete",
      problem: null,
    })
    expect(
      await get<Runs>("reconciliations?kind=manual&limit=1")
    ).toMatchObject({
      count: 1,
      reconciliations: [{ id: reconciliation.id }],
    })

    await openDiscrepancy(await books(), {
      class: "D07",
      cause_key: "D07:csv",
      vendor_id: '=HYPERLINK("http://evil.example")',
      remote_token: "ld_csv",
      currency_code: "USD",
      ours: {},
      theirs: { status: "+1", amount: "-12.34" },
      action: "flagged",
      run_id: reconciliation.id,
    })
    await stageTransactions(await books(), {
      told: [
        {
          token: "@ld_1",
          type: "load",
          remote_type: "load",
          status: "COMPLETED",
          user_token: "usr_1",
          source_amount: 1_234n,
          source_currency_code: "USD",
          destination_amount: null,
          destination_currency_code: null,
          fee: 0n,
          time_of_txn: new Date(`${day}T00:00:00Z`),
          source_token: null,
          destination_token: null,
          delivery_type: null,
          client_transfer_id: null,
          status_reason: null,
        },
      ],
      read_at: await databaseNow(await books()),
      run_id: reconciliation.id,
    })
    const accountant = await shop.adminHeaders("books@example.com")
    const file = async (name: string) => {
      const { data, headers } = await http.get(
        `/admin/masspay/reconciliations/${reconciliation.id}/${name}.csv`,
        accountant
      )
      expect(headers).toMatchObject({
        "content-type": "text/csv; charset=utf-8",
        "cache-control": "private, no-store",
      })
      return String(data).split("\r\n")
    }
    const found = await file("discrepancies")
    expect(found[1]).toContain(`"'=HYPERLINK(""http://evil.example"")"`)
    expect(found[1]).toContain(",'+1,-12.34,USD,")
    const told = await file("transactions")
    expect(told[1]).toBe(
      `${day}T00:00:00.000Z,load,'@ld_1,COMPLETED,12.34,USD,,,0.00,,,`
    )
  })

  it("begins at once where this process does jobs", async () => {
    const { get, post } = await admin()
    const kernel = await kernelFrom(getContainer())
    const { jobs } = kernel.options
    const day = await today()
    kernel.options.jobs = { ...jobs, enabled: true }
    try {
      const started = await post("reconciliations", {
        request_id: "now",
        reason: "somebody asks",
        from_date: day,
        to_date: day,
      })
      const { id } = (started.data as Started).reconciliation
      await kernel.nudgeReconcile.idle()
      // No job ran: this shop has none.
      expect(
        await get<{ reconciliation: Run }>(`reconciliations/${id}`)
      ).toMatchObject({ reconciliation: { status: "complete" } })
    } finally {
      kernel.options.jobs = jobs
    }
  })

  it("refuses to compare what makes no sense, and says why", async () => {
    const { get, post } = await admin()
    const day = await today()
    const refused: [object, RegExp][] = [
      [{ from_date: "2026-02-30" }, /no day of the calendar/],
      [{ from_date: "2999-01-01" }, /comes after/],
      [{ to_date: "2999-01-01" }, /lies ahead/],
      [{ from_date: "yesterday" }, /Field 'from_date' must be a day/],
      [{ reason: "" }, /field .reason./i],
      [{ everything: true }, /everything/],
    ]
    for (const [wrong, message] of refused) {
      const answer = await post("reconciliations", {
        request_id: "wrong",
        reason: "why not",
        from_date: day,
        to_date: day,
        ...wrong,
      })
      expect(answer).toMatchObject({
        status: 400,
        data: { message: expect.stringMatching(message) as string },
      })
    }
    expect((await get<Runs>("reconciliations?kind=manual")).count).toBe(0)
  })

  it("an operator finds what is open, looks, and puts it at rest", async () => {
    const { get, post } = await admin()
    const { id } = await openDiscrepancy(await books(), {
      class: "D05",
      cause_key: "D05:http",
      vendor_id: "ven_ada",
      currency_code: "USD",
      ours: { status: "completed", amount: "12.34", currency_code: "USD" },
      theirs: {},
      action: "flagged",
    })
    await noteHealed(await books(), {
      class: "D01",
      cause_key: "D01:http",
      vendor_id: "ven_ada",
      ours: {},
      theirs: {},
      action: "truth_applied",
    })
    const list = (query: string) =>
      get<Found>(`discrepancies?vendor_id=ven_ada&${query}`)
    expect(await list("limit=1")).toMatchObject({ count: 2, limit: 1 })
    expect(await list("state=open")).toMatchObject({
      count: 1,
      discrepancies: [{ id, class: "D05", severity: "critical" }],
    })
    expect((await list("class=D01&class=D02")).count).toBe(1)
    expect((await list("severity=critical&state=healed")).count).toBe(0)
    const body = { request_id: "rest", reason: "MassPay confirmed it" }
    const resolve = (given: object) =>
      post(`discrepancies/${id}/resolve`, given)
    expect(await resolve(body)).toMatchObject({
      status: 200,
      data: {
        discrepancy: {
          id,
          state: "resolved",
          resolved_reason: "MassPay confirmed it",
          resolved_by: expect.stringMatching(/^user_/) as string,
        },
      },
    })
    expect(await resolve(body)).toMatchObject({ status: 200 })
    expect(await resolve({ ...body, request_id: "twice" })).toMatchObject({
      status: 400,
      data: { message: expect.stringMatching(/at rest/) as string },
    })
    expect((await list("state=open")).count).toBe(0)
  })

  it("a host's own code does the same by workflows, and hooks into each", async () => {
    const heard: [string, unknown][] = []
    const hear = (hook: string) => (told: unknown) => {
      heard.push([hook, told])
    }
    const start = masspayStartReconciliationWorkflow
    const resolve = masspayResolveDiscrepancyWorkflow
    const record = masspayRecordFundingMovementWorkflow
    start.hooks.reconciliationStarted(hear("started"))
    resolve.hooks.discrepancyResolved(hear("resolved"))
    record.hooks.fundingMovementRecorded(hear("recorded"))
    const container = getContainer()
    const by = { actor: "user_host", reason: "every month" }
    const day = await today()
    const days = { from_date: day, to_date: day }

    const started = await start(container).run({
      input: { ...by, ...days, request_id: "host-1" },
    })
    const { id } = await openDiscrepancy(await books(), {
      class: "D05",
      cause_key: "D05:host",
      currency_code: "USD",
      ours: {},
      theirs: {},
      action: "flagged",
    })
    const resolved = await resolve(container).run({
      input: { ...by, id, request_id: "host-2" },
    })
    const movement = {
      ...by,
      currency_code: "usd",
      amount: "-12.50",
      occurred_at: "2026-01-31T12:00:00Z",
    }
    const recorded = await record(container).run({
      input: { ...movement, request_id: "host-3" },
    })

    expect(started.result.reconciliation).toMatchObject({
      ...{ kind: "manual", status: "running", actor: "user_host" },
    })
    expect(resolved.result.discrepancy).toMatchObject({
      ...{ id, state: "resolved", resolved_by: "user_host" },
    })
    expect(recorded.result.movement).toMatchObject({
      ...{ currency_code: "USD", amount: "-12.50", actor: "user_host" },
    })
    expect(heard).toEqual([
      ["started", expect.objectContaining({ started: started.result })],
      ["resolved", expect.objectContaining({ resolved: resolved.result })],
      ["recorded", expect.objectContaining({ recorded: recorded.result })],
    ])
    for (const [wrong, message] of [
      [{ amount: "0" }, /must not be zero/],
      [{ amount: "1.001" }, /USD/],
      [{ currency_code: "xxq" }, /xxq/i],
      [{ occurred_at: "soon" }, /ISO 8601/],
    ] as const) {
      const input = { ...movement, ...wrong, request_id: "host-4" }
      await expect(record(container).run({ input })).rejects.toMatchObject({
        message: expect.stringMatching(message) as string,
      })
    }
    expect(heard).toHaveLength(3)
  })

  it("names what may be asked for, and what is not there", async () => {
    const { refusal } = await admin()
    const refused: [string, number, RegExp][] = [
      ["discrepancies?class=D16", 400, /Field 'class' must be one of: D01/],
      ["discrepancies?state=closed", 400, /'state' must be one of: open/],
      ["reconciliations?kind=other", 400, /'kind' must be one of: sweep/],
      ["reconciliations/msrun_none", 404, /was not found/],
      ["reconciliations/msrun_none/discrepancies.csv", 404, /was not found/],
      ["reconciliations/msrun_none/transactions.csv", 404, /was not found/],
    ]
    for (const [path, status, message] of refused) {
      const answer = await refusal(path)
      expect(answer.status).toBe(status)
      expect(answer.message).toMatch(message)
    }
    // Nobody who is not signed in sees any of it.
    for (const path of ["reconciliations", "discrepancies"]) {
      expect((await refusal(path, {})).status).toBe(401)
    }
  })
}
