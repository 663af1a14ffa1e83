import { type ReactNode, useEffect, useRef } from "react"

type NamedControlsProps = {
  /** What the one button inside does. */
  label: string
  children: ReactNode
}

/**
 * Gives a name to a button of Medusa UI that shows only a picture and takes no
 * name of its own, and keeps pictures without words from being read out.
 */
export function NamedControls({ label, children }: NamedControlsProps) {
  const ref = useRef<HTMLSpanElement>(null)
  // After each render: the table puts other buttons there once it has loaded.
  useEffect(() => {
    ref.current?.querySelector("button")?.setAttribute("aria-label", label)
    for (const picture of ref.current?.querySelectorAll("[role=img]") ?? []) {
      picture.removeAttribute("role")
      picture.setAttribute("aria-hidden", "true")
    }
  })

  return (
    <span ref={ref} className="contents">
      {children}
    </span>
  )
}
