import { clx } from "@medusajs/ui"
import type { ComponentProps } from "react"
import { Link } from "react-router-dom"

/** A link inside text, with the focus ring of Medusa's own controls. */
export function TextLink({ className, ...props }: ComponentProps<typeof Link>) {
  return (
    <Link
      className={clx(
        "text-ui-fg-interactive hover:text-ui-fg-interactive-hover transition-fg",
        "focus-visible:shadow-borders-focus rounded-sm outline-none",
        className
      )}
      {...props}
    />
  )
}
