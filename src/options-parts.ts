import { z } from "@medusajs/framework/zod"

// The error text of a schema says what is allowed: it is shown as such.

export const oneOf = <const Values extends readonly [string, ...string[]]>(
  values: Values
) =>
  z.enum(values, {
    error: values.map((value) => JSON.stringify(value)).join(", "),
  })

export const object = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? undefined
        : `an object with ${Object.keys(shape).join(", ")}`,
  })
