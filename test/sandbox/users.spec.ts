import {
  aLoadBody,
  anyText,
  aProfile,
  aSandbox,
  aUser,
  balances,
  details,
  field,
  like,
  stopSandboxes,
} from "./support/harness"

afterEach(stopSandboxes)

const ADDRESS = {
  address1: "1 Main St",
  city: "Austin",
  state_province: "TX",
  postal_code: "73301",
}

describe("creating a user", () => {
  it("gives back what was sent, with a token", async () => {
    const client = await aSandbox()
    const profile = aProfile({
      date_of_birth: "1990-02-28",
      metadata: { group_id: 7 },
    })

    const created = await client.api("POST", "/user", { body: profile })
    const read = await client.api(
      "GET",
      `/user/${field(created, "user_token")}`
    )

    expect(created).toMatchObject({
      status: 201,
      json: {
        ...profile,
        status: "ACTIVE",
        language: "en",
        created_on: "2026-03-02T12:00:00.000Z",
        timezone: anyText,
        user_token: like(/^usr_[0-9a-f-]{36}$/),
      },
    })
    expect(read.json).toEqual(created.json)
  })

  it.each([
    ["internal_user_id", undefined, /is required/],
    ["internal_user_id", "", /must not be empty/],
    ["internal_user_id", "a b", /letters, digits/],
    ["internal_user_id", "a".repeat(76), /at most 75/],
    ["country", "US", /alpha-3/],
    ["country", "usa", /alpha-3/],
    ["email", "nobody", /e-mail/],
    ["first_name", 7, /must be a string/],
    ["last_name", null, /is required/],
    ["language", "eng", /two letters/],
    ["mobile_number", "+1650", /digits only/],
    ["date_of_birth", "1990-02-30", /YYYY-MM-DD/],
    ["date_of_birth", "2008-03-03", /18 years/],
    ["metadata", [], /must be an object/],
    ["notify_user", "yes", /true or false/],
  ])("refuses %s = %p", async (field, value, problem) => {
    const client = await aSandbox()

    const reply = await client.api("POST", "/user", {
      body: aProfile({ [field]: value }),
    })

    expect(reply.status).toBe(400)
    expect(details(reply)).toEqual([like(problem)])
    expect(client.sandbox.control.state().user_count).toBe(0)
  })

  it("names every problem at once", async () => {
    const client = await aSandbox()

    const reply = await client.api("POST", "/user", { body: {} })

    expect(details(reply)).toHaveLength(5)
  })

  it.each(["", "[]", "null", "7", '{"a":', '"text"'])(
    "refuses the body %p",
    async (body) => {
      const client = await aSandbox()

      const reply = await client.api("POST", "/user", { body })

      expect(reply).toMatchObject({ status: 400, json: { code: 400 } })
    }
  )

  it("never has two users with one e-mail or one internal id", async () => {
    const client = await aSandbox()
    await aUser(client, { email: "a@example.com", internal_user_id: "v" })

    const email = await client.api("POST", "/user", {
      body: aProfile({ email: "A@example.com" }),
    })
    const id = await client.api("POST", "/user", {
      body: aProfile({ internal_user_id: "v" }),
    })

    expect(details(email)[0]).toMatch(/^email is already used/)
    expect(details(id)[0]).toMatch(/^internal_user_id is already/)
    expect(client.sandbox.control.state().user_count).toBe(1)
  })
})

describe("updating a user", () => {
  it("replaces the whole profile", async () => {
    const client = await aSandbox()
    const token = await aUser(client, { business_name: "Byron Ltd" })
    const profile = aProfile({ ...ADDRESS, email: "new@example.com" })

    const reply = await client.api("PUT", `/user/${token}`, {
      body: { ...profile, status: "ACTIVE" },
    })

    expect(reply).toMatchObject({ status: 200, json: profile })
    expect(reply.json).not.toHaveProperty("business_name")
  })

  it("frees the e-mail and the id that a user gave up", async () => {
    const client = await aSandbox()
    const old = { email: "old@example.com", internal_user_id: "old" }
    const token = await aUser(client, old)
    const body = { ...aProfile(ADDRESS), status: "ACTIVE" }
    await client.api("PUT", `/user/${token}`, { body })

    const other = await aUser(client, old)

    const found = await client.api("GET", "/user/lookup?internal_user_id=old")
    expect(field(found, "user_token")).toBe(other)
  })

  it("needs the address and the status", async () => {
    const client = await aSandbox()
    const token = await aUser(client)

    const reply = await client.api("PUT", `/user/${token}`, {
      body: aProfile(),
    })

    expect(reply.status).toBe(400)
    expect(details(reply)).toEqual([
      "address1 is required",
      "city is required",
      "state_province is required",
      "postal_code is required",
      "status must be one of ACTIVE, DEACTIVE",
    ])
  })

  it("counts reactivations, since each costs a fee", async () => {
    const client = await aSandbox()
    const token = await aUser(client)
    const put = (status: string): Promise<unknown> =>
      client.api("PUT", `/user/${token}`, {
        body: { ...aProfile(ADDRESS), status },
      })

    for (const status of ["ACTIVE", "DEACTIVE", "ACTIVE", "ACTIVE"]) {
      await put(status)
    }

    const [user] = client.sandbox.control.state().users
    expect(user).toMatchObject({ status: "ACTIVE", reactivations: 1 })
  })

  it("cannot unlock a locked user", async () => {
    const client = await aSandbox()
    const token = await aUser(client)
    client.sandbox.control.lockUser(token, "identity")

    const reply = await client.api("PUT", `/user/${token}`, {
      body: { ...aProfile(ADDRESS), status: "ACTIVE" },
    })

    expect(reply.status).toBe(400)
    const read = await client.api("GET", `/user/${token}`)
    expect(field(read, "status")).toBe("LOCKED")
  })

  it("answers 404 for nobody", async () => {
    const client = await aSandbox()

    const reply = await client.api("GET", "/user/usr_nobody")

    expect(reply).toMatchObject({ status: 404, json: { code: 404 } })
  })
})

describe("looking up a user", () => {
  it("finds her by e-mail and first name, even under another id", async () => {
    const client = await aSandbox()
    const token = await aUser(client, {
      email: "ada@example.com",
      internal_user_id: "theirs",
    })
    const query = "email=ADA@example.com&first_name=Ada&internal_user_id=ours"

    const reply = await client.api("GET", `/user/lookup?${query}`)

    expect(reply.json).toEqual({
      user_token: token,
      first_name: "Ada",
      last_name: "Byron",
      internal_user_id: "theirs",
    })
  })

  it("does not give out somebody with the e-mail but another name", async () => {
    const client = await aSandbox()
    await aUser(client, { email: "ada@example.com" })

    const reply = await client.api(
      "GET",
      "/user/lookup?email=ada@example.com&first_name=Eve&internal_user_id=none"
    )

    expect(reply.status).toBe(404)
  })

  it.each(["", "email=a@example.com", "first_name=Ada"])(
    "needs more than %p",
    async (query) => {
      const client = await aSandbox()

      const reply = await client.api("GET", `/user/lookup?${query}`)

      expect(reply.status).toBe(400)
    }
  )

  it.each([
    ["404", 404, undefined],
    ["null", 200, null],
    ["empty_object", 200, {}],
    ["empty_array", 200, []],
  ] as const)("can say nobody as %s", async (lookup_miss, status, body) => {
    const client = await aSandbox({ settings: { lookup_miss } })

    const reply = await client.api("GET", "/user/lookup?internal_user_id=x")

    expect(reply.status).toBe(status)
    if (body !== undefined) expect(reply.json).toEqual(body)
  })
})

describe("a user who cannot be paid", () => {
  const cases = [
    ["inactive", "LOCKED", ["User is not active"]],
    [
      "identity",
      "LOCKED",
      [
        "User is not active",
        like(
          /^Please upload a government issued ID at the following link: https:\/\/magic\.veriff\.me\/v\w+$/
        ),
      ],
    ],
    [
      "bank_document",
      "LOCKED",
      [
        "User is not active",
        like(
          /^Please upload a Bank Statement or Paper Check for Account Number \d+ at the following link: https:\/\/l\.maspay\.io\/\w+$/
        ),
      ],
    ],
    [
      "missing_id",
      "ACTIVE",
      [
        "Not a valid IDSelfieCollection",
        like(/^Please upload a government issued ID/),
      ],
    ],
  ] as const

  it.each(cases)("%s: refuses the load", async (kind, status, expected) => {
    const client = await aSandbox()
    const token = await aUser(client)
    client.sandbox.control.lockUser(token, kind)

    const reply = await client.api("POST", `/load/${token}`, {
      body: await aLoadBody(client),
    })

    expect(reply.status).toBe(400)
    expect(details(reply)).toEqual(expected)
    expect(field(reply, "title")).toBe(
      kind === "missing_id" ? "Bad request." : "Documentation required."
    )
    const read = await client.api("GET", `/user/${token}`)
    expect(field(read, "status")).toBe(status)
    expect(balances(client).users).toBe("")
  })

  it("is paid again once unlocked, and her id was not used up", async () => {
    const client = await aSandbox()
    const token = await aUser(client)
    const body = await aLoadBody(client)
    client.sandbox.control.lockUser(token, "identity")
    await client.api("POST", `/load/${token}`, { body, key: "k1" })
    client.sandbox.control.unlockUser(token)

    const replayed = await client.api("POST", `/load/${token}`, {
      body,
      key: "k1",
    })
    const fresh = await client.api("POST", `/load/${token}`, {
      body,
      key: "k2",
    })

    expect(replayed.status).toBe(400)
    expect(field(fresh, "status")).toBe("COMPLETED")
    expect(balances(client).users).toBe("USD 10.50")
  })

  it("is refused when deactivated", async () => {
    const client = await aSandbox()
    const token = await aUser(client)
    client.sandbox.control.deactivateUser(token)

    const reply = await client.api("POST", `/load/${token}`, {
      body: await aLoadBody(client),
    })

    expect(reply.status).toBe(400)
    expect(details(reply)).toEqual(["User account is deactivated"])
  })
})
