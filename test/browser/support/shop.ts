import type {
  AdminOrderSettlementsResponse,
  AdminPayeeListResponse,
  AdminPayout,
  AdminPayoutListResponse,
} from "../../../src/types/http"
import type { Demo } from "./demo"
import { tokenOf } from "./session"

/** What the shop's API says, for comparison with what the screen shows. */
export class Shop {
  private constructor(
    private readonly url: string,
    private readonly token: string
  ) {}

  static async open(demo: Demo): Promise<Shop> {
    return new Shop(demo.shopUrl, await tokenOf(demo, demo.login))
  }

  /** All orders' settlements, the oldest order first. */
  async settlements(): Promise<AdminOrderSettlementsResponse[]> {
    const { orders } = await this.get<{ orders: { id: string }[] }>(
      "orders?fields=id&order=created_at&limit=100"
    )
    const answers: AdminOrderSettlementsResponse[] = []
    for (const { id } of orders) {
      answers.push(await this.get(`masspay/orders/${id}`))
    }
    return answers
  }

  async payouts(): Promise<AdminPayout[]> {
    const { payouts } = await this.get<AdminPayoutListResponse>(
      "masspay/payouts?limit=100"
    )
    return payouts
  }

  /** The vendor of this name. */
  async payee(name: string): Promise<AdminPayeeListResponse["payees"][number]> {
    const { payees } = await this.read<AdminPayeeListResponse>(
      `payees?q=${encodeURIComponent(name)}`
    )
    const [payee] = payees
    if (!payee) throw new Error(`There is no vendor called ${name}`)
    return payee
  }

  /** Any answer of the plugin's admin API. */
  read<T>(path: string): Promise<T> {
    return this.get<T>(`masspay/${path}`)
  }

  /** Asks the plugin's admin API to do something. */
  post<T>(path: string, body: object): Promise<T> {
    return this.ask<T>("POST", `masspay/${path}`, body)
  }

  private get<T>(path: string): Promise<T> {
    return this.ask<T>("GET", path)
  }

  private async ask<T>(
    method: "GET" | "POST",
    path: string,
    body?: object
  ): Promise<T> {
    const response = await fetch(`${this.url}/admin/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body && { "content-type": "application/json" }),
      },
      ...(body && { body: JSON.stringify(body) }),
    })
    if (!response.ok) {
      throw new Error(`${method} /admin/${path}: ${response.status}`)
    }
    return (await response.json()) as T
  }
}
