import { clx } from "@medusajs/ui"
import type { ReactNode } from "react"

import { TextLink } from "./text-link"

/** The first cell of a row, which leads where the row's click leads: a click does not reach the keyboard. */
export function RowLink({
  to,
  children,
  className,
}: {
  to: string
  children: ReactNode
  className?: string
}) {
  return (
    <TextLink
      to={to}
      onClick={(event) => event.stopPropagation()}
      className={clx(
        "text-ui-fg-base hover:text-ui-fg-base font-medium",
        className
      )}
    >
      {children}
    </TextLink>
  )
}
