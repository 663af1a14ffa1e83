import type { Db } from "../../src/modules/masspay/queries/db"
import { ensureInstallation } from "../../src/modules/masspay/queries/installation"
import { type Books, openBooks } from "../support/books"

describe("ensureInstallation", () => {
  let books: Books
  beforeEach(async () => {
    books = await openBooks({ install: false })
  })
  afterEach(() => books.close())

  it("refuses to start these books with another environment, and says what to do", async () => {
    await ensureInstallation(books.db, { environment: "staging" })

    await expect(
      ensureInstallation(books.db, { environment: "production" })
    ).rejects.toThrow(
      'set environment back to "staging", or use an empty database for "production"'
    )
  })

  it("gives processes that start together one and the same identity", async () => {
    const all = await Promise.all(
      Array.from({ length: 8 }, () =>
        ensureInstallation(books.db, { environment: "sandbox" })
      )
    )

    expect(new Set(all.map(({ id, tag }) => `${id} ${tag}`)).size).toBe(1)
    expect(all[0]?.tag).toMatch(/^[a-z0-9]{6}$/)
  })

  it("remembers which database it is in", async () => {
    await ensureInstallation(books.db, { environment: "sandbox" })
    const [row] = await books.db.rows(
      `select system_identifier, timeline, database_oid from masspay_installation`
    )

    expect(row).toEqual({
      system_identifier: expect.stringMatching(/^\d+$/) as string,
      timeline: "1",
      database_oid: expect.stringMatching(/^\d+$/) as string,
    })
  })

  it("works for a database user who may not ask the server who it is", async () => {
    const restricted: Db = {
      rows: (text, params) =>
        text.includes("has_function_privilege")
          ? books.db.rows(`select false as ask`)
          : books.db.rows(text, params),
      tx: (work) => books.db.tx(work),
    }
    await ensureInstallation(restricted, { environment: "sandbox" })
    const [row] = await books.db.rows(
      `select system_identifier, timeline, database_oid from masspay_installation`
    )

    expect(row).toEqual({
      system_identifier: null,
      timeline: "1",
      database_oid: expect.stringMatching(/^\d+$/) as string,
    })
  })
})
