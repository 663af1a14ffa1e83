import { z } from "@medusajs/framework/zod"

import type { LogFields } from "./runners/log"

const Failure = z.looseObject({
  name: z.string().optional().catch(undefined),
  code: z.string().optional().catch(undefined),
  message: z.string().optional().catch(undefined),
})

/**
 * What a failure at the doors may say in a log. One that came through the
 * workflow engine may be a plain object by now. A message is told only of our
 * own errors, which are written for operators; others may hold a row's values.
 */
export function failureFields(error: unknown): LogFields {
  const failure = Failure.safeParse(error)
  if (!failure.success) return { error: typeof error }
  const { name, code, message } = failure.data
  return {
    error: name,
    code,
    ...(code?.startsWith("masspay.") && { detail: message }),
  }
}
