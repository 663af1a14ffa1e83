import { humanize, type Translate } from "./texts"

const CODE = /^[a-z0-9_]+$/i

/**
 * A code's text below `masspay.<group>`. One that has no text yet, from a newer
 * server for example, is shown in words of its own; a sentence as it is.
 */
export function wordFor(t: Translate, group: string, code: string): string {
  return CODE.test(code)
    ? t(`masspay.${group}.${code}`, { defaultValue: humanize(code) })
    : code
}
