import type { Answer } from "../answers"
import { digest, escapeHtml } from "./html"

const STYLES = `
:root { color-scheme: light dark; --ground: #f5f6f4; --panel: #fff; --line: #cfd5cf; --ink: #17201b; --quiet: #5d6a63; --accent: #0b6b4f; --on-accent: #fff; --note: #7a5200; --note-soft: #fdf0d2; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #101412; --panel: #181e1b; --line: #3a453f; --ink: #e7ece9; --quiet: #98a59e; --accent: #6fd3ab; --on-accent: #101412; --note: #f0c36a; --note-soft: #362a10; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
.banner { background: var(--note-soft); color: var(--note); text-align: center; padding: 8px 16px; font-size: .875rem; font-weight: 600; }
main { max-width: 30rem; margin: 0 auto; padding: 28px 16px 48px; }
.card { background: var(--panel); border: 1px solid var(--line); border-radius: 12px; padding: 24px 20px; }
h1 { font-size: 1.375rem; line-height: 1.25; margin: 0 0 8px; letter-spacing: -.01em; }
p { margin: 0 0 12px; }
.hint { color: var(--quiet); font-size: .9rem; }
label { display: block; font-weight: 600; margin: 20px 0 6px; }
label.check { display: flex; gap: 10px; align-items: flex-start; font-weight: 400; }
label.check input { width: 22px; height: 22px; flex: none; margin: 1px 0 0; }
input[type=file] { display: block; width: 100%; padding: 12px; border: 1px dashed var(--line); border-radius: 8px; font: inherit; color: inherit; background: var(--ground); }
button, .button { display: block; width: 100%; min-height: 48px; margin-top: 20px; padding: 11px 16px; border: 0; border-radius: 8px; background: var(--accent); color: var(--on-accent); font: inherit; font-weight: 600; text-align: center; text-decoration: none; cursor: pointer; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
`

/**
 * The form posts to its own page only. The referrer policy is not `no-referrer`,
 * under which a browser hides where a form was posted from, and the sandbox could
 * not tell its own page from a foreign one.
 */
const HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": [
    "default-src 'none'",
    `style-src ${digest(STYLES)}`,
    "img-src data:",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; "),
  "referrer-policy": "same-origin",
  "x-content-type-options": "nosniff",
  "x-robots-tag": "noindex",
}

type Message = {
  status: number
  title: string
  sentences: readonly string[]
  back?: string | null
}

/** A page that says one thing, with a way back if there is one. */
export function messagePage({
  status,
  title,
  sentences,
  back,
}: Message): Answer {
  const link = back
    ? `<a class="button" href="${escapeHtml(back)}" rel="noreferrer">Go back</a>`
    : ""
  return page(status, title, `${paragraphs(sentences)}${link}`)
}

const ASKED = {
  identity: {
    title: "Upload a government-issued ID",
    sentence:
      "A passport, an ID card or a driving licence, all of it readable.",
    label: "Photo or scan of your ID",
  },
  bank_document: {
    title: "Upload a bank statement or paper check",
    sentence: "It must show the account that you are paid to.",
    label: "Photo or scan of the document",
  },
}

/** Says nothing of whom it asks: the link may have gone to the wrong person. */
export function uploadPage(
  asks: keyof typeof ASKED,
  { status = 200, note = null }: { status?: number; note?: string | null } = {}
): Answer {
  const { title, sentence, label } = ASKED[asks]
  return page(
    status,
    title,
    `${note === null ? "" : `<p role="alert"><strong>${escapeHtml(note)}</strong></p>`}
<p>${sentence}</p>
<form method="post" enctype="multipart/form-data">
<label for="document">${label}</label>
<input type="file" id="document" name="document" accept="image/*,application/pdf" required>
<p class="hint">A picture or a PDF, 10 MB at most. Any file will do here: it is not kept.</p>
<button type="submit">Upload</button>
</form>`
  )
}

export function taxPage(): Answer {
  return page(
    200,
    "Tax interview",
    `<p>In the real interview a W-9 or W-8 form is filled in here. The sandbox fills in the form for you, with a tax number that cannot exist.</p>
<form method="post">
<label class="check"><input type="checkbox" name="is_signed" value="yes" required> <span>I confirm that what the form says is correct.</span></label>
<button type="submit">Sign and submit</button>
</form>`
  )
}

function paragraphs(sentences: readonly string[]): string {
  return sentences.map((text) => `<p>${escapeHtml(text)}</p>`).join("\n")
}

function page(status: number, title: string, content: string): Answer {
  return {
    status,
    headers: HEADERS,
    body: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} · MassPay sandbox</title>
<link rel="icon" href="data:,">
<style>${STYLES}</style>
</head>
<body>
<div class="banner">Local sandbox: send no real papers, they are not needed and not kept.</div>
<main><div class="card">
<h1>${escapeHtml(title)}</h1>
${content}
</div></main>
</body>
</html>
`,
  }
}
