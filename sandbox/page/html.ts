import { createHash } from "node:crypto"

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "")
}

/** As a content security policy names a script or a style that stands in the page. */
export function digest(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`
}
