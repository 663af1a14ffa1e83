import type { ReactNode } from "react"

import { useIsPhone } from "../../hooks/use-is-phone"

/** Buttons in a table's cell, with room for their shadow and their focus ring, which the cell cuts off. */
export function CellActions({ children }: { children: ReactNode }) {
  return (
    <div
      className="flex flex-wrap items-center gap-2 p-1 empty:hidden sm:justify-end"
      // The row's click would leave the page.
      onClick={(event) => event.stopPropagation()}
      role="presentation"
    >
      {children}
    </div>
  )
}

/**
 * Several lines in a table's cell, clear of the lines between rows, and wide
 * enough for words where a telephone leaves the table little room.
 */
export function CellLines({ children }: { children: ReactNode }) {
  return (
    <div className="min-w-36 whitespace-normal py-2 text-pretty">
      {children}
    </div>
  )
}

/** In a row's first cell: what stands in columns of its own where there is room for them (`wideOnly` of the list). */
export function OnPhone({ children }: { children: ReactNode }) {
  return useIsPhone() ? <>{children}</> : null
}

/** The head of a column of buttons, which speak for themselves to those who see them. */
export function ActionsHeader({ children }: { children: string }) {
  return <span className="sr-only">{children}</span>
}
