import type {
  AdminOrderSettlementsResponse,
  AdminPayout,
  AdminPayoutListResponse,
} from "../../../src/types/http"
import type { Demo } from "./demo"

/** What the shop's API says, for comparison with what the screen shows. */
export class Shop {
  private constructor(
    private readonly url: string,
    private readonly token: string
  ) {}

  static async open({ shopUrl, login }: Demo): Promise<Shop> {
    const response = await fetch(`${shopUrl}/auth/user/emailpass`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(login),
    })
    const { token } = (await response.json()) as { token: string }
    return new Shop(shopUrl, token)
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

  /** Any answer of the plugin's admin API. */
  read<T>(path: string): Promise<T> {
    return this.get<T>(`masspay/${path}`)
  }

  private async get<T>(path: string): Promise<T> {
    const response = await fetch(`${this.url}/admin/${path}`, {
      headers: { authorization: `Bearer ${this.token}` },
    })
    if (!response.ok) {
      throw new Error(`GET /admin/${path}: ${response.status}`)
    }
    return (await response.json()) as T
  }
}
