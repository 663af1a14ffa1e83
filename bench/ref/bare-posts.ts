import http from "node:http"

import axios from "axios"

type BarePost = { user_token: string; client_id: string; request_text: string }

/**
 * The limit that the wire alone sets: the same requests by axios over a
 * keep-alive agent, `concurrency` of them at a time. No database, no record of
 * what was sent, nothing that would survive a crash.
 */
export async function postBare(
  sandbox: { url: string; apiKey: string },
  { posts, concurrency }: { posts: readonly BarePost[]; concurrency: number }
): Promise<void> {
  const httpAgent = new http.Agent({ keepAlive: true, maxSockets: concurrency })
  const client = axios.create({
    httpAgent,
    proxy: false,
    baseURL: `${sandbox.url}/v1.0.0/payout/load/`,
    headers: {
      Authorization: `Bearer ${sandbox.apiKey}`,
      "Content-Type": "application/json",
    },
  })
  const waiting = posts.values()
  const postNext = async (): Promise<void> => {
    for (const post of waiting) {
      await client.post(post.user_token, post.request_text, {
        headers: { "Idempotency-Key": `${post.client_id}-1` },
      })
    }
  }
  await Promise.all(Array.from({ length: concurrency }, postNext))
  httpAgent.destroy()
}
