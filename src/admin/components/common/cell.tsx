import type { ReactNode } from "react"

/** Buttons in a table's cell, with room for their shadow and their focus ring, which the cell cuts off. */
export function CellActions({ children }: { children: ReactNode }) {
  return (
    <div
      className="flex flex-wrap items-center gap-2 p-1"
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
