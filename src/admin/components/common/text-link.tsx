import { clx } from "@medusajs/ui"
import type { ComponentProps } from "react"
import { Link } from "react-router-dom"

/** A link inside text, with the focus ring of Medusa's own controls. */
export function TextLink({ className, ...props }: ComponentProps<typeof Link>) {
  return (
    <Link
      className={clx(
        // Darker than Medusa's own interactive blue, which is too pale to be read by all.
        "text-ui-tag-blue-text transition-fg hover:underline",
        "focus-visible:shadow-borders-focus rounded-sm outline-none",
        className
      )}
      {...props}
    />
  )
}
