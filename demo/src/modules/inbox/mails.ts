/** What the demo's shop mailed since it was started, the latest first. Kept nowhere else. */
export type Mail = {
  to: string
  subject: string
  text: string
  html: string
  sent_at: string
}

const MAILS_MAX = 200

// The provider and the page may come to hold two copies of this file.
const shared = globalThis as { demoMails?: Mail[] }

export function mails(): Mail[] {
  return (shared.demoMails ??= [])
}

export function keepMail(mail: Mail): void {
  mails().unshift(mail)
  mails().splice(MAILS_MAX)
}
