/**
 * The shop as a customer and as its operator see it: over HTTP, nothing else.
 * Whoever has a running demo shop can use it, tests too.
 */

const REQUEST_MS = 60_000

/** What the shop answered instead of what was asked for. */
export class ShopError extends Error {
  constructor(method, path, status, body) {
    super(
      `${method} ${path}: ${status} ${body?.message ?? JSON.stringify(body)}`
    )
    this.name = "ShopError"
    this.status = status
  }
}

/**
 * Signs in and learns the storefront's key.
 *
 * @param {{ url: string, email: string, password: string }} input
 * @returns {Promise<Shop>}
 * @throws {ShopError} when the login is refused
 */
export async function openShop({ url, email, password }) {
  const { token } = await request(url, "POST", "/auth/user/emailpass", {
    body: { email, password },
  })
  const admin = { authorization: `Bearer ${token}` }
  const { api_keys } = await request(
    url,
    "GET",
    "/admin/api-keys?type=publishable&limit=100",
    { headers: admin }
  )
  // The seed's own key: the framework adds one that opens no sales channel.
  const key = api_keys.find(({ title }) => title === "Market square")
  return new Shop(url, admin, { "x-publishable-api-key": key.token })
}

/**
 * Signs in as somebody who acts for a vendor.
 *
 * @param {{ url: string, email: string, password: string }} input
 * @returns {Promise<VendorWindow>}
 * @throws {ShopError} when the login is refused
 */
export async function signInAsVendor({ url, email, password }) {
  const { token } = await request(url, "POST", "/auth/vendor/emailpass", {
    body: { email, password },
  })
  const headers = { authorization: `Bearer ${token}` }
  return {
    ask: (method, path, body) => request(url, method, path, { headers, body }),
    file: (path) => download(url, path, { headers }),
  }
}

/**
 * @typedef {object} VendorWindow
 * @property {(method: string, path: string, body?: object) => Promise<object>} ask
 *   one request as the vendor
 * @property {(path: string) => Promise<{ type: string, bytes: Buffer }>} file
 */

export class Shop {
  #admin
  #store

  constructor(url, admin, store) {
    this.url = url
    this.#admin = admin
    this.#store = store
  }

  /** One request as the operator. @throws {ShopError} */
  admin(method, path, body) {
    return request(this.url, method, path, { headers: this.#admin, body })
  }

  /** One request as a customer. @throws {ShopError} */
  store(method, path, body) {
    return request(this.url, method, path, { headers: this.#store, body })
  }

  /** A file, as the operator gets it. @throws {ShopError} */
  adminFile(path) {
    return download(this.url, path, { headers: this.#admin })
  }

  /** All rows of an admin list, however many pages it has. */
  async adminList(path, key) {
    const rows = []
    for (;;) {
      const join = path.includes("?") ? "&" : "?"
      const page = `${path}${join}limit=100&offset=${rows.length}`
      const answer = await this.admin("GET", page)
      rows.push(...answer[key])
      if (answer[key].length === 0 || rows.length >= answer.count) return rows
    }
  }
}

async function request(url, method, path, { headers = {}, body }) {
  const response = await fetch(url + path, {
    method,
    headers: { "content-type": "application/json", ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(REQUEST_MS),
  })
  const text = await response.text()
  const answer = parse(text)
  if (!response.ok) {
    throw new ShopError(method, path, response.status, answer)
  }
  return answer
}

async function download(url, path, { headers }) {
  const response = await fetch(url + path, {
    headers,
    signal: AbortSignal.timeout(REQUEST_MS),
  })
  const bytes = Buffer.from(await response.arrayBuffer())
  if (!response.ok) {
    throw new ShopError("GET", path, response.status, parse(String(bytes)))
  }
  return { type: response.headers.get("content-type") ?? "", bytes }
}

function parse(text) {
  try {
    return JSON.parse(text)
  } catch {
    return { message: "the answer is not JSON" }
  }
}
