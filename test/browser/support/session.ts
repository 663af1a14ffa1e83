import type { Session } from "./browser"
import type { Demo, Login } from "./demo"

/** Signs somebody in as the dashboard's own form does; a window that begins with it is signed in. */
export async function signIn(
  { shopUrl }: Pick<Demo, "shopUrl">,
  login: Login
): Promise<Session> {
  const token = await tokenOf({ shopUrl }, login)
  const response = await fetch(`${shopUrl}/auth/session`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}` },
  })
  const [cookie] = response.headers.getSetCookie()
  const [, name, value] = /^([^=]+)=([^;]+)/.exec(cookie ?? "") ?? []
  if (!name || !value) throw new Error(`${login.email} could not sign in`)
  return {
    cookies: [
      {
        ...{ name, value, domain: new URL(shopUrl).hostname, path: "/" },
        ...{ expires: -1, httpOnly: true, secure: false, sameSite: "Lax" },
      },
    ],
    origins: [],
  }
}

/** A token of whoever this login is of. */
export async function tokenOf(
  { shopUrl }: Pick<Demo, "shopUrl">,
  login: Login
): Promise<string> {
  const { token } = await ask<{ token: string }>(
    `${shopUrl}/auth/user/emailpass`,
    { body: login }
  )
  return token
}

/** One more operator of the shop, invited by the first. Returns what she signs in with. */
export async function inviteOperator(
  { shopUrl, login }: Demo,
  { first_name, last_name }: { first_name: string; last_name: string }
): Promise<Login> {
  const email = `${first_name}.${Date.now()}@demo.test`.toLowerCase()
  const hers = { email, password: "masspay-demo" }
  const { invite } = await ask<{ invite: { token: string } }>(
    `${shopUrl}/admin/invites`,
    { token: await tokenOf({ shopUrl }, login), body: { email } }
  )
  const { token } = await ask<{ token: string }>(
    `${shopUrl}/auth/user/emailpass/register`,
    { body: hers }
  )
  await ask(
    `${shopUrl}/admin/invites/accept?token=${encodeURIComponent(invite.token)}`,
    { token, body: { email, first_name, last_name } }
  )
  return hers
}

async function ask<Answer>(
  url: string,
  { token, body }: { token?: string; body: object }
): Promise<Answer> {
  const response = await fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(token && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  })
  if (!response.ok) {
    throw new Error(`POST ${new URL(url).pathname}: ${response.status}`)
  }
  return (await response.json()) as Answer
}
