import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"

import { type Mail, mails } from "../../modules/inbox/mails"

/** Everybody's mails on one page, or as JSON for `?format=json`: this shop runs on one machine, for one person. */
export const GET = (req: MedusaRequest, res: MedusaResponse): void => {
  if (req.query.format === "json") {
    res.json({ mails: mails() })
    return
  }
  res.setHeader(
    "content-security-policy",
    "default-src 'none'; style-src 'unsafe-inline'"
  )
  res.type("html").send(page(mails()))
}

const STYLE = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
  body { max-width: 44rem; margin: 2rem auto; padding: 0 1rem }
  article { border: 1px solid #8884; border-radius: .5rem; padding: 1rem 1.25rem; margin: 1rem 0; overflow-wrap: anywhere }
  h1 { font-size: 1.4rem } h2 { font-size: 1.05rem; margin: 0 0 .25rem }
  .meta { color: #888; margin: 0 0 .75rem }`

function page(all: readonly Mail[]): string {
  const articles = all.map(
    ({ to, subject, html, sent_at }) =>
      `<article><h2>${escaped(subject)}</h2><p class="meta">to ${escaped(to)}, ${escaped(sent_at)}</p>${html}</article>`
  )
  return `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Mails of the demo</title><style>${STYLE}</style></head>
<body><h1>Mails of the demo</h1>
${articles.length > 0 ? articles.join("\n") : "<p>Nobody was mailed anything yet.</p>"}
</body></html>`
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
